import type { Clock } from '@nexomatic/clock';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import type { Heartbeat } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import type { LiveBus } from '@nexomatic/queue/live';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import { keepPresence } from './presence.ts';

interface Deps {
  db: Database;
  redis: Redis;
  clock: Clock;
  logger: Logger;
  live: Pick<LiveBus, 'publish'>;
}

/**
 * A sink is alive. Redis keeps that; the database hears of it only when something changed: one that was taken for OFFLINE
 * comes back, one that stops is shown as DRAINING until it is silent. Without Redis nothing changes, and nobody is taken
 * for lost.
 */
export async function noteHeartbeat(
  { db, redis, clock, logger, live }: Deps,
  { tenantId, sinkId }: SinkIdentity,
  beat: Heartbeat,
): Promise<void> {
  let before: Awaited<ReturnType<typeof keepPresence>>;
  try {
    before = await keepPresence({ redis, clock }, sinkId, beat);
  } catch (error) {
    logger.debug({ sinkId, error: String(error) }, 'presence.not_kept');
    return;
  }
  if (before?.stopping === beat.stopping) return;
  const to = beat.stopping ? 'DRAINING' : 'ONLINE';
  // One that was to stop and says that it stays was told so on its own machine.
  const staying: SinkStatus[] = before ? ['OFFLINE', 'DRAINING'] : ['OFFLINE'];
  const from: SinkStatus[] = beat.stopping ? ['ONLINE'] : staying;
  const changed = await db
    .tenantEm(tenantId)
    .nativeUpdate(Sink, { id: sinkId, status: { $in: from } }, { status: to, lastSeenAt: new Date(clock.now()) });
  if (changed === 0) return;
  logger.info({ sinkId, to }, 'sink.changed');
  live.publish([{ tenantId, eventId: null, sinkId }]);
}
