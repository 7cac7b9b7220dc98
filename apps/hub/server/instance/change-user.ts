import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Session } from '@nexomatic/db/entities/session';
import { User } from '@nexomatic/db/entities/user';
import { LockMode } from '@nexomatic/db/query';
import { recordInstanceAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** Closes an account: its sessions end, and nobody signs in to it. What the person made stays. */
export const disableUser = (deps: Deps, actor: Actor, id: Id<'user'>): Promise<void> =>
  changeUser(deps, actor, id, 'user.disabled', (row) => {
    row.disabledAt ??= new Date(deps.clock.now());
  });

/** Opens a closed account again. */
export const enableUser = (deps: Deps, actor: Actor, id: Id<'user'>): Promise<void> =>
  changeUser(deps, actor, id, 'user.enabled', (row) => {
    row.disabledAt = null;
  });

/** Makes somebody an administrator of the instance, or takes that from them. */
export const setInstanceAdmin = (deps: Deps, actor: Actor, id: Id<'user'>, instanceAdmin: boolean): Promise<void> =>
  changeUser(deps, actor, id, instanceAdmin ? 'user.admin_granted' : 'user.admin_revoked', (row) => {
    row.instanceAdmin = instanceAdmin;
  });

async function changeUser(
  { db }: Deps,
  actor: Actor,
  id: Id<'user'>,
  action: `user.${string}`,
  change: (row: User) => void,
): Promise<void> {
  // People belong to the instance.
  await db.systemEm().transactional(async (em) => {
    // All administrators are locked, so that of two who take it from each other at once the second is told no.
    const lock = { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } } as const;
    const admins = await em.find(User, { instanceAdmin: true }, lock);
    const row = await em.findOne(User, { id });
    if (!row) throw new NexomaticError('not_found', `There is no user ${id}.`);
    const before = bodyOf(row);
    change(row);
    const after = bodyOf(row);
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    if (isActive(before) && !admins.some(isActive)) throw lastAdmin(row);
    const object = { kind: 'user' as const, id, name: row.name || row.email };
    recordInstanceAudit(em, actor, { action, object, before, after });
    await em.flush();
    if (row.disabledAt) await em.nativeDelete(Session, { userId: id });
  });
}

/** Whether somebody administers the instance and can sign in to do it. */
const isActive = ({ instanceAdmin, disabledAt }: { instanceAdmin: boolean; disabledAt?: unknown }): boolean =>
  instanceAdmin && disabledAt == null;

function lastAdmin({ name, email }: User): NexomaticError {
  const who = name || email;
  return new NexomaticError('conflict', `${who} is the last administrator of this hub; make somebody else one first.`);
}

const bodyOf = ({ email, instanceAdmin, disabledAt }: User) => ({
  email,
  instanceAdmin,
  disabledAt: disabledAt?.toISOString() ?? null,
});
