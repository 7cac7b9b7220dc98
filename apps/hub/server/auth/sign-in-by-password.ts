import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import { User } from '@nexomatic/db/entities/user';
import { beginSession } from './begin-session.ts';
import type { LoginThrottle } from './login-throttle.ts';
import type { Passwords } from './password/passwords.ts';
import type { Visitor } from './visitor.ts';

/** What comes of an address and a password. */
export type PasswordSignIn =
  | { kind: 'signed_in'; sessionToken: string }
  /** Wrong password, nobody of that address, somebody without a password, disabled: told apart for nobody. */
  | { kind: 'refused' }
  | { kind: 'throttled'; retryAfterSeconds: number };

/**
 * Signs in by e-mail address, trimmed and in lower case as it is kept, and password. The same work is done whether there is
 * such a person or not, so that neither answer nor time tells who has an account here.
 */
export async function signInByPassword(
  deps: { db: Database; clock: Clock; passwords: Passwords; loginThrottle: LoginThrottle },
  { email, password }: { email: string; password: string },
  visitor: Visitor,
): Promise<PasswordSignIn> {
  const { db, clock, passwords, loginThrottle } = deps;
  const retryAfterSeconds = await loginThrottle.guess(email, visitor.remoteAddress);
  if (retryAfterSeconds !== null) return { kind: 'throttled', retryAfterSeconds };
  // People belong to the instance, not to a tenant.
  const user = await db.systemEm().findOne(User, { email, disabledAt: null });
  if (!(await passwords.verify(user?.passwordHash ?? null, password)) || !user) return { kind: 'refused' };
  await loginThrottle.wasRight(email, visitor.remoteAddress);
  const sessionToken = await db.systemEm().transactional((em) => beginSession(em, clock, user.id, 'password', visitor));
  return { kind: 'signed_in', sessionToken };
}
