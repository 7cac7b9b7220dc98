import type { Clock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { LoginLink } from '@nexomatic/db/entities/login-link';
import { Membership } from '@nexomatic/db/entities/membership';
import { Session } from '@nexomatic/db/entities/session';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { hashToken, newSessionToken } from './tokens.ts';

/** A session ends this long after sign-in, whatever happens in it. */
export const sessionMs = 7 * 24 * 3_600_000;

export interface NewSession {
  /** For the cookie; only its hash is stored. */
  sessionToken: string;
  /** Slug of the person's tenant, or of one of them; null for somebody who belongs to none. */
  tenantSlug: string | null;
}

/**
 * Trades a login link for a session. The link is marked as used by one conditional write, so of two browsers that open it
 * at once one gets in. Null for a link that is unknown, used or expired.
 */
export async function signInByLink(
  { db, clock }: { db: Database; clock: Clock },
  token: string,
  userAgent: string | null,
): Promise<NewSession | null> {
  const now = new Date(clock.now());
  const tokenHash = hashToken(token);
  const sessionToken = newSessionToken();
  // Nobody is signed in yet, so there is no tenant to filter by.
  return db.systemEm().transactional(async (em) => {
    const unused = { tokenHash, usedAt: null, expiresAt: { $gt: now } };
    if ((await em.nativeUpdate(LoginLink, unused, { usedAt: now })) === 0) return null;
    const { userId } = await em.findOneOrFail(LoginLink, { tokenHash });
    em.persist(
      em.create(Session, {
        id: newId('session'),
        tokenHash: hashToken(sessionToken),
        userId,
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(now.getTime() + sessionMs),
        userAgent: userAgent?.slice(0, 300) ?? null,
      }),
    );
    const membership = await em.findOne(Membership, { userId }, { orderBy: { tenantId: 'asc' } });
    const tenant = membership && (await em.findOne(Tenant, { id: membership.tenantId }));
    return { sessionToken, tenantSlug: tenant?.slug ?? null };
  });
}
