import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreatedInvitation, CreateInvitation } from '@nexomatic/contracts/invitation-api';
import type { Database } from '@nexomatic/db/database';
import { Invitation } from '@nexomatic/db/entities/invitation';
import { Membership } from '@nexomatic/db/entities/membership';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { showInvitations } from './read-invitations.ts';
import { revokeWithin } from './revoke-invitation.ts';

/** How long somebody has to follow an invitation. */
export const invitationMs = 7 * 24 * 3_600_000;

interface Inviter {
  actor: Actor;
  userId: Id<'user'> | null;
  /** Whether they hold `tenant.own`. */
  mayMakeOwners: boolean;
}

/**
 * Invites a person to a tenant. The link is in the answer and nowhere else, so somebody who lost it is invited again: the new
 * invitation takes the place of an older one for the same address.
 */
export async function createInvitation(
  { db, clock, env }: { db: Database; clock: Clock; env: { publicUrl: string } },
  tenantId: Id<'tenant'>,
  { actor, userId, mayMakeOwners }: Inviter,
  { email, role }: CreateInvitation,
): Promise<CreatedInvitation> {
  if (role === 'owner' && !mayMakeOwners) throw new NexomaticError('forbidden', 'Only an owner may invite an owner.');
  const token = newToken('invitation');
  const now = clock.now();
  return db.tenantEm(tenantId).transactional(async (em) => {
    await expectStranger(em, email);
    for (const older of await em.find(Invitation, { email, acceptedAt: null, revokedAt: null })) {
      await revokeWithin(em, clock, actor, older);
    }
    const row = em.create(Invitation, {
      tenantId,
      id: newId('invitation'),
      email,
      role,
      tokenHash: hashToken(token),
      invitedBy: userId,
      createdAt: new Date(now),
      expiresAt: new Date(now + invitationMs),
    });
    em.persist(row);
    const [shown] = await showInvitations(em, clock, [row]);
    if (!shown) throw new Error('one invitation was to be shown');
    const object = { kind: 'invitation' as const, id: row.id, name: email };
    recordAudit(em, tenantId, actor, { action: 'invitation.created', object, before: null, after: shown });
    await em.flush();
    return { ...shown, url: `${env.publicUrl}/invite/${token}` };
  });
}

/** Refuses an address that a member has already. */
async function expectStranger(em: EntityManager, email: string): Promise<void> {
  const user = await em.findOne(User, { email });
  if (!user || (await em.count(Membership, { userId: user.id })) === 0) return;
  const message = 'belongs to a member already; change their role instead';
  throw new NexomaticError('conflict', `${email} is a member of this tenant already.`, {
    errors: [{ path: 'email', message }],
  });
}
