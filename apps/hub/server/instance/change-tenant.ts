import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { LockMode } from '@nexomatic/db/query';
import { recordAudit, recordInstanceAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import type { AuthenticateToken } from '../auth/authenticate-token.ts';
import type { Definitions } from '../definitions/definitions.ts';

export interface InstanceDeps {
  db: Database;
  clock: Clock;
  definitions: Pick<Definitions, 'forgetAll'>;
  authenticateToken: Pick<AuthenticateToken, 'forgetAll'>;
}

/** Gives a tenant another name; its slug, and with it every address, stays. */
export const renameTenant = (deps: InstanceDeps, actor: Actor, id: Id<'tenant'>, name: string): Promise<void> =>
  changeTenant(deps, actor, id, 'tenant.renamed', (row) => {
    row.name = name;
  });

/**
 * Lets nobody of a tenant in any more: people, programs, sinks and webhooks are refused, and all of its data stays. At once in this
 * hub, in others as soon as they look its sources and tokens up again.
 */
export const suspendTenant = (deps: InstanceDeps, actor: Actor, id: Id<'tenant'>): Promise<void> =>
  changeTenant(deps, actor, id, 'tenant.suspended', (row) => {
    row.suspendedAt ??= new Date(deps.clock.now());
  });

/** Lets everybody of a suspended tenant in again. */
export const resumeTenant = (deps: InstanceDeps, actor: Actor, id: Id<'tenant'>): Promise<void> =>
  changeTenant(deps, actor, id, 'tenant.resumed', (row) => {
    row.suspendedAt = null;
  });

async function changeTenant(
  { db, definitions, authenticateToken }: InstanceDeps,
  actor: Actor,
  id: Id<'tenant'>,
  action: `tenant.${string}`,
  change: (row: Tenant) => void,
): Promise<void> {
  // Whoever administers the instance is in no tenant.
  await db.systemEm().transactional(async (em) => {
    const row = await em.findOne(Tenant, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!row) throw new NexomaticError('not_found', `There is no tenant ${id}.`);
    const before = bodyOf(row);
    change(row);
    const after = bodyOf(row);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    const entry = { action, object: { kind: 'tenant' as const, id, name: row.name }, before, after };
    // In both logs: the tenant's people want to know, too.
    recordInstanceAudit(em, actor, entry);
    recordAudit(em, id, actor, entry);
    await em.flush();
  });
  definitions.forgetAll();
  authenticateToken.forgetAll();
}

const bodyOf = ({ slug, name, suspendedAt }: Tenant) => ({
  slug,
  name,
  suspendedAt: suspendedAt?.toISOString() ?? null,
});
