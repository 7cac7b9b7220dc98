import type { Clock } from '@nexomatic/clock';
import { type Id, newId } from '@nexomatic/contracts/id';
import { Session } from '@nexomatic/db/entities/session';
import type { EntityManager } from '@nexomatic/db/query';
import { hashToken, newSessionToken } from './tokens.ts';
import type { Visitor } from './visitor.ts';

/** A session ends this long after sign-in, whatever happens in it. */
export const sessionMs = 7 * 24 * 3_600_000;

/**
 * Signs a browser in; gives the token for its cookie, of which only the hash is stored. Always a new token: one that somebody
 * has put into the browser before is worth nothing, and the session that it held is over.
 */
export async function beginSession(
  em: EntityManager,
  clock: Clock,
  userId: Id<'user'>,
  method: Session['method'],
  visitor: Visitor,
): Promise<string> {
  const sessionToken = newSessionToken();
  const now = new Date(clock.now());
  if (visitor.sessionId) await em.nativeDelete(Session, { id: visitor.sessionId });
  em.persist(
    em.create(Session, {
      id: newId('session'),
      tokenHash: hashToken(sessionToken),
      userId,
      createdAt: now,
      lastSeenAt: now,
      expiresAt: new Date(now.getTime() + sessionMs),
      userAgent: visitor.userAgent?.slice(0, 300) ?? null,
      remoteAddress: visitor.remoteAddress.slice(0, 64),
      method,
    }),
  );
  await em.flush();
  return sessionToken;
}
