import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Session } from '@nexomatic/db/entities/session';

/** Signs a browser out; ending a session that is over changes nothing. */
export async function endSession(db: Database, sessionId: Id<'session'>): Promise<void> {
  // Sessions belong to people, not to a tenant.
  await db.systemEm().nativeDelete(Session, { id: sessionId });
}
