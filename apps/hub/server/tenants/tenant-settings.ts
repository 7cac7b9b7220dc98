import type { Id } from '@nexomatic/contracts/id';
import type { TenantSettings, UpdateTenant } from '@nexomatic/contracts/tenant-api';
import type { Database } from '@nexomatic/db/database';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { checkTimeZone } from './check-time-zone.ts';

export async function readTenantSettings({ db }: { db: Database }, tenantId: Id<'tenant'>): Promise<TenantSettings> {
  return show(await db.tenantEm(tenantId).findOneOrFail(Tenant, { id: tenantId }));
}

/** Changes what a tenant is called and which zone its people read times in. */
export function updateTenantSettings(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { version, ...settings }: UpdateTenant,
): Promise<TenantSettings> {
  checkTimeZone(settings.timeZone);
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await em.findOneOrFail(Tenant, { id: tenantId });
    expectVersion(row, version);
    const before = settingsOf(row);
    em.assign(row, settings);
    const object = { kind: 'tenant' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'tenant.updated', object, before, after: settingsOf(row) });
    await em.flush();
    return show(row);
  });
}

/** The part that a save changes. */
const settingsOf = ({ name, timeZone }: Tenant) => ({ name, timeZone });

const show = ({ id, slug, name, timeZone, version, createdAt }: Tenant): TenantSettings => ({
  id,
  slug,
  name,
  timeZone,
  version,
  createdAt: createdAt.toISOString(),
});
