import type { Clock } from '@nexomatic/clock';
import type { Profile } from '@nexomatic/contracts/session-api';
import type { Database } from '@nexomatic/db/database';
import { Session } from '@nexomatic/db/entities/session';
import { User } from '@nexomatic/db/entities/user';
import { UserIdentity } from '@nexomatic/db/entities/user-identity';
import type { EntityManager } from '@nexomatic/db/query';
import { recordInstanceAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import type { UserPrincipal } from '../auth/principal.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** How long a sign-in by link or single sign-on proves who somebody is, so that they may set a password without their old one. */
const freshMs = 15 * 60_000;

/** What somebody sees of their own account. */
export async function readOwnProfile({ db, clock }: Deps, principal: UserPrincipal): Promise<Profile> {
  // People belong to the instance, not to a tenant.
  const em = db.systemEm();
  const user = await em.findOneOrFail(User, { id: principal.userId });
  const identities = await em.find(UserIdentity, { userId: user.id }, { orderBy: { createdAt: 'asc' } });
  return {
    email: user.email,
    name: user.name,
    hasPassword: Boolean(user.passwordHash),
    currentPasswordNeeded: !(await isFreshlyProven(em, clock, principal)),
    identities: identities.map(({ issuer, createdAt }) => ({ issuer, createdAt: createdAt.toISOString() })),
  };
}

/**
 * Whether this session began a moment ago by a link or single sign-on. It lets in somebody who forgot their password and was
 * given a link; a session left open on a desk does not make its finder the owner of the account.
 */
export async function isFreshlyProven(em: EntityManager, clock: Clock, { sessionId }: UserPrincipal): Promise<boolean> {
  const since = new Date(clock.now() - freshMs);
  const fresh = { id: sessionId, method: { $in: ['link' as const, 'sso' as const] }, createdAt: { $gt: since } };
  return (await em.count(Session, fresh)) > 0;
}

/** Changes how somebody is called. */
export async function renameSelf({ db }: Deps, principal: UserPrincipal, actor: Actor, name: string): Promise<void> {
  // People belong to the instance, not to a tenant.
  await db.systemEm().transactional(async (em) => {
    const user = await em.findOneOrFail(User, { id: principal.userId });
    if (user.name === name) return;
    recordInstanceAudit(em, actor, {
      action: 'user.renamed',
      object: { kind: 'user', id: user.id, name: user.name || user.email },
      before: { name: user.name },
      after: { name },
    });
    user.name = name;
    await em.flush();
  });
}
