import type { Id } from '@nexomatic/contracts/id';
import { defaultRetention, parseRetention } from '@nexomatic/contracts/retention';
import type { TenantStorage } from '@nexomatic/contracts/tenant-api';
import { StorageMeter } from '@nexomatic/db/entities/storage-meter';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { archivedTotals } from '@nexomatic/db/ledger/storage-meters';
import type { Services } from '../services.ts';
import { readArchiveFault } from './archive-fault.ts';

/** What a tenant keeps, where, and for how long. */
export async function readStorage(
  { db, sql }: Pick<Services, 'db' | 'sql'>,
  tenantId: Id<'tenant'>,
): Promise<TenantStorage> {
  const em = db.tenantEm(tenantId);
  const [tenant, meter, archived, fault] = await Promise.all([
    em.findOneOrFail(Tenant, { id: tenantId }),
    db.tenantEm(tenantId).findOne(StorageMeter, { tenantId }),
    archivedTotals(sql, tenantId),
    readArchiveFault(sql),
  ]);
  return {
    version: tenant.version,
    retention: parseRetention(tenant.retention),
    defaults: defaultRetention,
    hot: meter && {
      logBytes: meter.logBytes,
      payloadBytes: meter.payloadBytes,
      measuredAt: meter.measuredAt.toISOString(),
    },
    archived,
    logIndex: tenant.logIndex,
    // Why is for those who run the hub.
    archivePausedSince: fault?.since ?? null,
  };
}
