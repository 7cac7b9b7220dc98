import type { Clock } from '@nexomatic/clock';
import { Invitation } from '@nexomatic/db/entities/invitation';
import { Membership } from '@nexomatic/db/entities/membership';
import type { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import { actorOfNewcomer } from '../auth/actor.ts';
import type { Visitor } from '../auth/visitor.ts';
import { stillOpen } from './open-invitation.ts';

/**
 * Uses an invitation up and makes its person a member. One conditional write decides, so that an invitation lets in once,
 * however many accept it at once; false for whoever comes late. The role of somebody who is a member already stays.
 */
export async function joinTenant(
  em: EntityManager,
  clock: Clock,
  { tenantId, id, email, role }: Invitation,
  user: User,
  visitor: Visitor,
): Promise<boolean> {
  const open = { tenantId, id, ...stillOpen(clock) };
  if ((await em.nativeUpdate(Invitation, open, { acceptedAt: new Date(clock.now()) })) === 0) return false;
  const actor = actorOfNewcomer(user, visitor);
  const after = { email, role };
  const invitation = { kind: 'invitation' as const, id, name: email };
  recordAudit(em, tenantId, actor, { action: 'invitation.accepted', object: invitation, before: after, after: null });
  if ((await em.count(Membership, { tenantId, userId: user.id })) > 0) return true;
  em.persist(em.create(Membership, { tenantId, userId: user.id, role }));
  const member = { kind: 'member' as const, id: user.id, name: user.name || email };
  recordAudit(em, tenantId, actor, { action: 'member.added', object: member, before: null, after });
  return true;
}
