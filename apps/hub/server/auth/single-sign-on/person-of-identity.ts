import type { Clock } from '@nexomatic/clock';
import { displayName } from '@nexomatic/contracts/display-name';
import { newId } from '@nexomatic/contracts/id';
import { emailSchema } from '@nexomatic/contracts/people-api';
import { Invitation } from '@nexomatic/db/entities/invitation';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { User } from '@nexomatic/db/entities/user';
import { UserIdentity } from '@nexomatic/db/entities/user-identity';
import type { EntityManager } from '@nexomatic/db/query';
import { recordInstanceAudit } from '../../audit/record-audit.ts';
import { joinTenant } from '../../invitations/join-tenant.ts';
import { stillOpen } from '../../invitations/open-invitation.ts';
import { createUser } from '../../users/create-user.ts';
import { actorOfNewcomer } from '../actor.ts';
import type { Visitor } from '../visitor.ts';
import type { Identity } from './identity-providers.ts';

export type PersonOfIdentity =
  /** `joined`: address of a tenant that an invitation made them a member of just now. */
  | { kind: 'person'; user: User; joined: string | null }
  | { kind: 'refused'; reason: 'unverified' | 'uninvited' | 'disabled' };

const refused = (reason: 'unverified' | 'uninvited' | 'disabled'): PersonOfIdentity => ({ kind: 'refused', reason });

/**
 * Whose account an identity opens. Whoever came by it before is known by issuer and subject, which never change. Otherwise the
 * provider has to vouch for an e-mail address: it is linked to the account of that address, or, where there is none, makes
 * one for somebody who was invited under it. Nobody else gets in, whoever vouches for them.
 */
export async function personOfIdentity(
  em: EntityManager,
  clock: Clock,
  identity: Identity,
  visitor: Visitor,
): Promise<PersonOfIdentity> {
  const { issuer, subject } = identity;
  const known = await em.findOne(UserIdentity, { issuer, subject });
  if (known) {
    const user = await em.findOneOrFail(User, { id: known.userId });
    if (user.disabledAt) return refused('disabled');
    known.lastUsedAt = new Date(clock.now());
    return { kind: 'person', user, joined: null };
  }
  const email = emailSchema.safeParse(identity.email);
  if (!email.success || !identity.emailVerified) return refused('unverified');
  const user = await em.findOne(User, { email: email.data });
  if (user?.disabledAt) return refused('disabled');
  if (user) {
    link(em, clock, user, identity, visitor);
    return { kind: 'person', user, joined: null };
  }
  return newcomer(em, clock, email.data, identity, visitor);
}

/** Makes an account for somebody who was invited, and accepts what they were invited to. */
async function newcomer(
  em: EntityManager,
  clock: Clock,
  email: string,
  identity: Identity,
  visitor: Visitor,
): Promise<PersonOfIdentity> {
  const open = await em.find(Invitation, { email, ...stillOpen(clock) });
  const ids = open.map(({ tenantId }) => tenantId);
  const tenants = await em.find(Tenant, { id: { $in: ids }, suspendedAt: null });
  const invitations = open.filter(({ tenantId }) => tenants.some(({ id }) => id === tenantId));
  if (invitations.length === 0) return refused('uninvited');
  const name = displayName.safeParse(identity.name).data ?? email.slice(0, email.indexOf('@')).slice(0, 100);
  const user = createUser(em, { email, name, passwordHash: null }, visitor);
  await em.flush();
  link(em, clock, user, identity, visitor);
  let joined: string | null = null;
  for (const invitation of invitations) {
    if (!(await joinTenant(em, clock, invitation, user, visitor))) continue;
    joined = tenants.find(({ id }) => id === invitation.tenantId)?.slug ?? joined;
  }
  return { kind: 'person', user, joined };
}

function link(em: EntityManager, clock: Clock, user: User, { issuer, subject }: Identity, visitor: Visitor): void {
  const now = new Date(clock.now());
  em.persist(
    em.create(UserIdentity, {
      id: newId('identity'),
      userId: user.id,
      issuer,
      subject,
      createdAt: now,
      lastUsedAt: now,
    }),
  );
  recordInstanceAudit(em, actorOfNewcomer(user, visitor), {
    action: 'user.identity_linked',
    object: { kind: 'user', id: user.id, name: user.name || user.email },
    before: null,
    after: { issuer, subject },
  });
}
