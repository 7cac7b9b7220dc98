import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { SetPassword } from '@nexomatic/contracts/session-api';
import type { Database } from '@nexomatic/db/database';
import { User } from '@nexomatic/db/entities/user';
import { recordInstanceAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import type { LoginThrottle } from '../auth/login-throttle.ts';
import { revokeOthersWithin } from '../auth/own-sessions.ts';
import { checkNewPassword } from '../auth/password/check-new-password.ts';
import type { Passwords } from '../auth/password/passwords.ts';
import type { UserPrincipal } from '../auth/principal.ts';
import { rotateSession } from '../auth/rotate-session.ts';
import { isFreshlyProven } from './own-profile.ts';

interface Deps {
  db: Database;
  clock: Clock;
  passwords: Passwords;
  loginThrottle: LoginThrottle;
}

/**
 * Sets somebody's own password. All their other browsers are signed out, and this one gets a new token, which is the answer:
 * whoever was in with the old password is out.
 */
export async function setOwnPassword(
  deps: Deps,
  principal: UserPrincipal,
  actor: Actor,
  { current, password }: SetPassword,
): Promise<{ sessionToken: string; revoked: number }> {
  const { db, clock, passwords } = deps;
  // People belong to the instance, not to a tenant.
  const user = await db.systemEm().findOneOrFail(User, { id: principal.userId });
  checkNewPassword(password, user);
  if (!(await isFreshlyProven(db.systemEm(), clock, principal))) await expectCurrent(deps, user, actor, current);
  const passwordHash = await passwords.hash(password);
  return db.systemEm().transactional(async (em) => {
    const hadPassword = Boolean(user.passwordHash);
    await em.nativeUpdate(User, { id: user.id }, { passwordHash });
    recordInstanceAudit(em, actor, {
      action: 'user.password_set',
      object: { kind: 'user', id: user.id, name: user.name || user.email },
      before: { hasPassword: hadPassword },
      after: { hasPassword: true },
    });
    const revoked = await revokeOthersWithin(em, principal, actor);
    const sessionToken = await rotateSession(em, principal.sessionId);
    await em.flush();
    return { sessionToken, revoked };
  });
}

/** Refuses a change without the right current password. Guesses are counted with those at the sign-in. */
async function expectCurrent(
  { passwords, loginThrottle }: Deps,
  { email, passwordHash }: User,
  { remoteAddress }: Actor,
  current: string | undefined,
): Promise<void> {
  if (!passwordHash) {
    const detail =
      'You have no password yet. Sign in again, by a link or by single sign-on, and set it within 15 minutes.';
    throw new NexomaticError('unprocessable', detail);
  }
  if (current === undefined) throw currentRefused('Give your current password.');
  const wait = await loginThrottle.guess(email, remoteAddress);
  if (wait !== null) {
    throw new NexomaticError('rate_limited', `Too many wrong passwords; try again in ${wait} s.`);
  }
  if (!(await passwords.verify(passwordHash, current))) throw currentRefused('This is not your current password.');
  await loginThrottle.wasRight(email, remoteAddress);
}

const currentRefused = (message: string) =>
  new NexomaticError('unprocessable', 'The password was not changed.', { errors: [{ path: 'current', message }] });
