import type { Id } from '@nexomatic/contracts/id';
import { defaultLogLimits, parseLogLimits } from '@nexomatic/contracts/log-limits';
import { defaultRetention, parseRetention } from '@nexomatic/contracts/retention';
import type { TenantStorage } from '@nexomatic/contracts/tenant-api';
import { StorageMeter } from '@nexomatic/db/entities/storage-meter';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { readLogVolume } from '@nexomatic/db/ledger/log-limits';
import { archivedTotals } from '@nexomatic/db/ledger/storage-meters';
import type { Services } from '../services.ts';
import { readArchiveFault } from './archive-fault.ts';

/** What a tenant keeps, where, and for how long. */
export async function readStorage(
  { db, sql }: Pick<Services, 'db' | 'sql'>,
  tenantId: Id<'tenant'>,
): Promise<TenantStorage> {
  const em = db.tenantEm(tenantId);
  const [tenant, meter, archived, fault, { logBytes }] = await Promise.all([
    em.findOneOrFail(Tenant, { id: tenantId }),
    db.tenantEm(tenantId).findOne(StorageMeter, { tenantId }),
    archivedTotals(sql, tenantId),
    readArchiveFault(sql),
    readLogVolume(sql, tenantId),
  ]);
  const rules = parseLogLimits(tenant.logLimits);
  const { dayGiB } = { ...defaultLogLimits, ...rules };
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
    logLimits: {
      rules,
      defaults: defaultLogLimits,
      today: { logBytes, full: dayGiB > 0 && logBytes >= dayGiB * 1024 ** 3 },
    },
    // Why is for those who run the hub.
    archivePausedSince: fault?.since ?? null,
  };
}
