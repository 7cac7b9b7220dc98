import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeMembers, keepAnOwner } from './change-members.ts';
import { onlyOwners } from './change-role.ts';

/** Ends somebody's membership; their account, and what they made, stay. `mayOwn` as for `changeRole`. */
export function removeMember(
  deps: { db: Database },
  tenantId: Id<'tenant'>,
  { actor, mayOwn }: { actor: Actor; mayOwn: boolean },
  userId: Id<'user'>,
): Promise<void> {
  return changeMembers(deps, tenantId, userId, async (em, found) => {
    const { member, user } = found;
    const leaves = actor.id === userId;
    if (member.role === 'owner' && !mayOwn && !leaves) throw onlyOwners();
    await keepAnOwner(em, found, null);
    em.remove(member);
    recordAudit(em, tenantId, actor, {
      action: leaves ? 'member.left' : 'member.removed',
      object: { kind: 'member', id: userId, name: user.name || user.email },
      before: { email: user.email, role: member.role },
      after: null,
    });
  });
}
