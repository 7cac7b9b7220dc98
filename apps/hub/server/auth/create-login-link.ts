import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { LoginLink } from '@nexomatic/db/entities/login-link';
import { hashToken, newToken } from './tokens.ts';

/** A link is mailed or printed, so it may be seen by others: it lives just long enough to be clicked. */
export const loginLinkMs = 15 * 60_000;

/** Makes a one-time sign-in token for a person; gives the text that goes into the link. */
export async function createLoginLink(
  { db, clock }: { db: Database; clock: Clock },
  userId: Id<'user'>,
): Promise<string> {
  const token = newToken('loginLink');
  // People belong to the instance, not to a tenant.
  const em = db.systemEm();
  const expiresAt = new Date(clock.now() + loginLinkMs);
  em.persist(em.create(LoginLink, { tokenHash: hashToken(token), userId, expiresAt }));
  await em.flush();
  return token;
}
