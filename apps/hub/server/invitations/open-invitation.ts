import type { Clock } from '@nexomatic/clock';
import { Invitation } from '@nexomatic/db/entities/invitation';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';
import { hashToken } from '../auth/tokens.ts';

/** The condition of an invitation that still opens the door. */
export const stillOpen = (clock: Clock) => ({
  acceptedAt: null,
  revokedAt: null,
  expiresAt: { $gt: new Date(clock.now()) },
});

export interface OpenInvitation {
  invitation: Invitation;
  tenant: Tenant;
  /** The person whose address it is for, if they have been here before. */
  user: User | null;
}

/** The invitation that this link is; null for one that is unknown, expired, used or revoked, or of a suspended tenant. */
export async function findOpenInvitation(
  em: EntityManager,
  clock: Clock,
  token: string,
): Promise<OpenInvitation | null> {
  const invitation = await em.findOne(Invitation, { tokenHash: hashToken(token), ...stillOpen(clock) });
  if (!invitation) return null;
  const tenant = await em.findOne(Tenant, { id: invitation.tenantId, suspendedAt: null });
  if (!tenant) return null;
  return { invitation, tenant, user: await em.findOne(User, { email: invitation.email }) };
}
