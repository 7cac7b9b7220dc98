import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import { LoginLink } from '@nexomatic/db/entities/login-link';
import { User } from '@nexomatic/db/entities/user';
import { beginSession } from './begin-session.ts';
import { hashToken } from './tokens.ts';
import type { Visitor } from './visitor.ts';

/**
 * Trades a login link for a session and gives its token. The link is marked as used by one conditional write, so of two
 * browsers that open it at once one gets in. Null for a link that is unknown, used or expired, or of a disabled person.
 */
export async function signInByLink(
  { db, clock }: { db: Database; clock: Clock },
  token: string,
  visitor: Visitor,
): Promise<string | null> {
  const now = new Date(clock.now());
  const tokenHash = hashToken(token);
  // Nobody is signed in yet, so there is no tenant to filter by.
  return db.systemEm().transactional(async (em) => {
    const unused = { tokenHash, usedAt: null, expiresAt: { $gt: now } };
    if ((await em.nativeUpdate(LoginLink, unused, { usedAt: now })) === 0) return null;
    const { userId } = await em.findOneOrFail(LoginLink, { tokenHash });
    if ((await em.count(User, { id: userId, disabledAt: null })) === 0) return null;
    return beginSession(em, clock, userId, 'link', visitor);
  });
}
