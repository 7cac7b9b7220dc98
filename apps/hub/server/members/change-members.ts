import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Role } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { Membership } from '@nexomatic/db/entities/membership';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import { type EntityManager, LockMode } from '@nexomatic/db/query';

interface Found {
  member: Membership;
  user: User;
}

/**
 * Changes who belongs to a tenant, one change at a time: the tenant's row is locked, so that of two owners who go at once the
 * second is told that they are the last.
 */
export function changeMembers<T>(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  userId: Id<'user'>,
  change: (em: EntityManager, found: Found) => Promise<T>,
): Promise<T> {
  return db.tenantEm(tenantId).transactional(async (em) => {
    await em.findOneOrFail(Tenant, { id: tenantId }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const member = await em.findOne(Membership, { userId });
    const user = member && (await em.findOne(User, { id: userId }));
    if (!user) throw new NexomaticError('not_found', 'There is no such member here.');
    const done = await change(em, { member, user });
    await em.flush();
    return done;
  });
}

/** Refuses to leave a tenant without an owner who can sign in; `becomes` is null for somebody who goes. */
export async function keepAnOwner(em: EntityManager, { member, user }: Found, becomes: Role | null): Promise<void> {
  if (member.role !== 'owner' || becomes === 'owner') return;
  const others = await em.find(Membership, { role: 'owner', userId: { $ne: member.userId } });
  const able = await em.count(User, { id: { $in: others.map(({ userId }) => userId) }, disabledAt: null });
  if (able > 0) return;
  const who = user.name || user.email;
  throw new NexomaticError('conflict', `${who} is the last owner; make somebody else an owner first.`);
}
