import type { Clock } from '@nexomatic/clock';
import type { Database } from '@nexomatic/db/database';
import { LoginLink } from '@nexomatic/db/entities/login-link';
import { Session } from '@nexomatic/db/entities/session';
import { idleMs } from './read-session.ts';

/** Removes sessions and sign-in links that open nothing any more; they would pile up with every sign-in. */
export async function sweepExpired({ db, clock }: { db: Database; clock: Clock }): Promise<void> {
  const now = clock.now();
  // Sessions and links belong to people, not to a tenant.
  const em = db.systemEm();
  const idle = { lastSeenAt: { $lte: new Date(now - idleMs) } };
  await em.nativeDelete(Session, { $or: [{ expiresAt: { $lte: new Date(now) } }, idle] });
  await em.nativeDelete(LoginLink, { expiresAt: { $lte: new Date(now) } });
}
