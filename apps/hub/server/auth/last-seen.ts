import type { Id } from '@nexomatic/contracts/id';
import { Session } from '@nexomatic/db/entities/session';
import type { EntityManager } from '@nexomatic/db/query';

/** When each of these people last did something, as far as their open sessions tell. */
export async function lastSeen(em: EntityManager, userIds: Id<'user'>[]): Promise<Map<Id<'user'>, string>> {
  const options = { fields: ['userId', 'lastSeenAt'], orderBy: { lastSeenAt: 'asc' } } as const;
  const sessions = await em.find(Session, { userId: { $in: userIds } }, options);
  return new Map(sessions.map(({ userId, lastSeenAt }) => [userId, lastSeenAt.toISOString()]));
}
