import type { Clock } from '@nexomatic/clock';
import { silentAfterMs } from '@nexomatic/contracts/sink-protocol';
import { listSinkStates, markOffline, markOnline } from '@nexomatic/db/ledger/sinks';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import { presenceSince } from '@nexomatic/queue/presence';
import { readPresences } from './presence.ts';

/**
 * Marks sinks OFFLINE that have not been heard of for 20 s; gives how many. What they ran is a matter of its leases. Redis
 * that was lost knows of nobody: then every sink is given the same time to say a word first.
 */
export async function markLostSinks(deps: { sql: Sql; redis: Redis; clock: Clock; logger: Logger }): Promise<number> {
  const { sql, redis, clock, logger } = deps;
  const now = clock.now();
  if (now - (await presenceSince(redis, now)) < silentAfterMs) return 0;
  const sinks = await listSinkStates(sql);
  const there = await readPresences(
    redis,
    sinks.map(({ sinkId }) => sinkId),
  );
  const lost = sinks.filter(({ sinkId, live }) => live && !there.has(sinkId));
  await markOffline(sql, lost, silentAfterMs);
  // Whose word came between looking and writing is found in the next round.
  await markOnline(
    sql,
    sinks.filter(({ sinkId, live }) => !live && there.get(sinkId)?.stopping === false),
  );
  for (const { sinkId, name } of lost) logger.warn({ sinkId, name }, 'sink.lost');
  return lost.length;
}
