import type { Id } from '@nexomatic/contracts/id';
import type { TenantStorage, UpdateLogIndex } from '@nexomatic/contracts/tenant-api';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import type { Services } from '../services.ts';
import { readStorage } from './storage.ts';

/** Sets which lines the search finds of what is written from now on; lines that are found already stay so. */
export async function updateLogIndex(
  deps: DefinitionDeps & Pick<Services, 'sql'>,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { version, logIndex }: UpdateLogIndex,
): Promise<TenantStorage> {
  await changeDefinition(deps, tenantId, async (em) => {
    const row = await em.findOneOrFail(Tenant, { id: tenantId });
    expectVersion(row, version);
    const before = { logIndex: row.logIndex };
    em.assign(row, { logIndex });
    const object = { kind: 'tenant' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'tenant.log_index_set', object, before, after: { logIndex } });
    await em.flush();
  });
  return await readStorage(deps, tenantId);
}
