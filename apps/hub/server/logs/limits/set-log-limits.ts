import type { Id } from '@nexomatic/contracts/id';
import { parseLogLimits } from '@nexomatic/contracts/log-limits';
import type { SetLogLimits, TenantStorage } from '@nexomatic/contracts/tenant-api';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { readStorage } from '../../archive/storage.ts';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../../definitions/change-definition.ts';
import type { Services } from '../../services.ts';

/** Sets how much log is kept of what a tenant's attempts write. */
export async function setLogLimits(
  deps: DefinitionDeps & Pick<Services, 'sql'>,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { version, logLimits }: SetLogLimits,
): Promise<TenantStorage> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await em.findOneOrFail(Tenant, { id: tenantId });
    expectVersion(row, version);
    const before = parseLogLimits(row.logLimits);
    em.assign(row, { logLimits: JSON.stringify(logLimits) });
    const object = { kind: 'tenant' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'tenant.log_limits_set', object, before, after: logLimits });
    await em.flush();
  });
  return await readStorage(deps, tenantId);
}
