import type { Id } from '@nexomatic/contracts/id';
import { parseRetention } from '@nexomatic/contracts/retention';
import type { TenantStorage, UpdateRetention } from '@nexomatic/contracts/tenant-api';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import type { Services } from '../services.ts';
import { readStorage } from './storage.ts';

/** Sets for how long a tenant keeps logs and payloads. */
export async function updateRetention(
  deps: DefinitionDeps & Pick<Services, 'sql'>,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { version, retention }: UpdateRetention,
): Promise<TenantStorage> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await em.findOneOrFail(Tenant, { id: tenantId });
    expectVersion(row, version);
    const before = parseRetention(row.retention);
    em.assign(row, { retention: JSON.stringify(retention) });
    const object = { kind: 'tenant' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'tenant.retention_set', object, before, after: retention });
    await em.flush();
  });
  return await readStorage(deps, tenantId);
}
