import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Role } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeMembers, keepAnOwner } from './change-members.ts';

/** Makes a member something else. It holds from their next request on. `mayOwn`: whoever asks may make and unmake owners. */
export function changeRole(
  deps: { db: Database },
  tenantId: Id<'tenant'>,
  { actor, mayOwn }: { actor: Actor; mayOwn: boolean },
  { userId, role }: { userId: Id<'user'>; role: Role },
): Promise<void> {
  return changeMembers(deps, tenantId, userId, async (em, found) => {
    const { member, user } = found;
    const before = member.role;
    if (before === role) return;
    if (!mayOwn && (before === 'owner' || role === 'owner')) throw onlyOwners();
    await keepAnOwner(em, found, role);
    member.role = role;
    const object = { kind: 'member' as const, id: userId, name: user.name || user.email };
    recordAudit(em, tenantId, actor, {
      action: 'member.role_changed',
      object,
      before: { email: user.email, role: before },
      after: { email: user.email, role },
    });
  });
}

/** The refusal of an admin who would make or unmake an owner. */
export const onlyOwners = (): NexomaticError =>
  new NexomaticError('forbidden', 'Only an owner may make somebody an owner, or take that from them.');
