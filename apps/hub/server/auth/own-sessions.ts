import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { SessionSummary } from '@nexomatic/contracts/session-api';
import type { Database } from '@nexomatic/db/database';
import { Session } from '@nexomatic/db/entities/session';
import type { EntityManager } from '@nexomatic/db/query';
import { recordInstanceAudit } from '../audit/record-audit.ts';
import type { Actor } from './actor.ts';
import type { UserPrincipal } from './principal.ts';
import { idleMs } from './read-session.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

/** More are not shown: whoever has so many ends them all at once. */
const maxShown = 100;

/** The browsers in which somebody is signed in, the one they ask from first, then the one that was used last. */
export async function listOwnSessions({ db, clock }: Deps, principal: UserPrincipal): Promise<SessionSummary[]> {
  const now = clock.now();
  // Sessions belong to people, not to a tenant.
  const rows = await db.systemEm().find(
    Session,
    {
      userId: principal.userId,
      expiresAt: { $gt: new Date(now) },
      lastSeenAt: { $gt: new Date(now - idleMs) },
    },
    { orderBy: { lastSeenAt: 'desc' }, limit: maxShown },
  );
  const shown = rows.map((row) => ({
    id: row.id,
    current: row.id === principal.sessionId,
    method: row.method,
    userAgent: row.userAgent ?? null,
    remoteAddress: row.remoteAddress ?? null,
    createdAt: row.createdAt.toISOString(),
    lastSeenAt: row.lastSeenAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  }));
  return [...shown.filter(({ current }) => current), ...shown.filter(({ current }) => !current)];
}

/** Signs one of somebody's own browsers out: its next request comes from nobody. */
export async function revokeOwnSession(
  { db }: Deps,
  principal: UserPrincipal,
  actor: Actor,
  id: Id<'session'>,
): Promise<void> {
  // Sessions belong to people, not to a tenant.
  await db.systemEm().transactional(async (em) => {
    const session = await em.findOne(Session, { id, userId: principal.userId });
    if (!session) throw new NexomaticError('not_found', 'You have no such session; it may have ended by itself.');
    recordRevoked(em, actor, session);
    await em.remove(session).flush();
  });
}

/** Signs all of somebody's browsers out but the one they ask from; gives their number. */
export function revokeOtherSessions({ db }: Deps, principal: UserPrincipal, actor: Actor): Promise<number> {
  // Sessions belong to people, not to a tenant.
  return db.systemEm().transactional(async (em) => {
    const revoked = await revokeOthersWithin(em, principal, actor);
    await em.flush();
    return revoked;
  });
}

/** The same as part of a greater change. */
export async function revokeOthersWithin(em: EntityManager, principal: UserPrincipal, actor: Actor): Promise<number> {
  const others = await em.find(Session, { userId: principal.userId, id: { $ne: principal.sessionId } });
  for (const session of others) recordRevoked(em, actor, session);
  em.remove(others);
  return others.length;
}

function recordRevoked(em: EntityManager, actor: Actor, { id, userAgent, remoteAddress, method }: Session): void {
  recordInstanceAudit(em, actor, {
    action: 'session.revoked',
    object: { kind: 'session', id, name: userAgent ?? 'unknown browser' },
    before: { method, remoteAddress },
    after: null,
  });
}
