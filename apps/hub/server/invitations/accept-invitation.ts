import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import { User } from '@nexomatic/db/entities/user';
import { UniqueConstraintViolationException } from '@nexomatic/db/query';
import { beginSession } from '../auth/begin-session.ts';
import { checkNewPassword } from '../auth/password/check-new-password.ts';
import type { Passwords } from '../auth/password/passwords.ts';
import type { UserPrincipal } from '../auth/principal.ts';
import { rotateSession } from '../auth/rotate-session.ts';
import type { Visitor } from '../auth/visitor.ts';
import { createUser } from '../users/create-user.ts';
import { joinTenant } from './join-tenant.ts';
import { findOpenInvitation } from './open-invitation.ts';

/** What comes of following an invitation. */
export type Acceptance =
  | { kind: 'joined'; sessionToken: string; tenantSlug: string }
  /** Unknown, expired, used or revoked: told apart for nobody. */
  | { kind: 'closed' }
  /** The address has an account already; its person signs in and accepts then. */
  | { kind: 'known_person' }
  /** The invitation is for another address than that of whoever is signed in. */
  | { kind: 'other_person' };

interface Deps {
  db: Database;
  clock: Clock;
  passwords: Passwords;
}

/** Lets in somebody who was never here: the account has the address that was invited, and the name and password given. */
export async function acceptAsNewcomer(
  { db, clock, passwords }: Deps,
  token: string,
  { name, password }: { name: string; password: string },
  visitor: Visitor,
): Promise<Acceptance> {
  // Nobody is signed in yet, so there is no tenant to filter by.
  const open = await findOpenInvitation(db.systemEm(), clock, token);
  if (!open) return { kind: 'closed' };
  if (open.user) return { kind: 'known_person' };
  const { invitation, tenant } = open;
  const { email } = invitation;
  checkNewPassword(password, { email, name });
  const passwordHash = await passwords.hash(password);
  try {
    return await db.systemEm().transactional(async (em): Promise<Acceptance> => {
      const user = createUser(em, { email, name, passwordHash }, visitor);
      await em.flush();
      if (!(await joinTenant(em, clock, invitation, user, visitor))) throw new Late();
      const sessionToken = await beginSession(em, clock, user.id, 'password', visitor);
      return { kind: 'joined', sessionToken, tenantSlug: tenant.slug };
    });
  } catch (error) {
    if (error instanceof Late) return { kind: 'closed' };
    if (error instanceof UniqueConstraintViolationException) return { kind: 'known_person' };
    throw error;
  }
}

/** Somebody used or revoked the invitation meanwhile; thrown, so that the account is not made either. */
class Late extends Error {}

/** Makes whoever is signed in a member, if the invitation is for them. */
export async function acceptAsKnownPerson(
  { db, clock }: Deps,
  token: string,
  principal: UserPrincipal,
  visitor: Visitor,
): Promise<Acceptance> {
  // The tenant is the one of the invitation, which is being looked for.
  return db.systemEm().transactional(async (em): Promise<Acceptance> => {
    const open = await findOpenInvitation(em, clock, token);
    if (!open) return { kind: 'closed' };
    if (open.invitation.email !== principal.email) return { kind: 'other_person' };
    const user = await em.findOneOrFail(User, { id: principal.userId });
    if (!(await joinTenant(em, clock, open.invitation, user, visitor))) return { kind: 'closed' };
    const sessionToken = await rotateSession(em, principal.sessionId);
    await em.flush();
    return { kind: 'joined', sessionToken, tenantSlug: open.tenant.slug };
  });
}
