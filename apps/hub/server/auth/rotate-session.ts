import type { Id } from '@nexomatic/contracts/id';
import { Session } from '@nexomatic/db/entities/session';
import type { EntityManager } from '@nexomatic/db/query';
import { hashToken, newSessionToken } from './tokens.ts';

/**
 * Gives a session a new token, whenever its person may do more than before: whoever has learnt the old one is left behind.
 */
export async function rotateSession(em: EntityManager, id: Id<'session'>): Promise<string> {
  const sessionToken = newSessionToken();
  await em.nativeUpdate(Session, { id }, { tokenHash: hashToken(sessionToken) });
  return sessionToken;
}
