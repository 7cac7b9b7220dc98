import type { Acknowledgement, SignalKind } from '@nexomatic/contracts/signal-api';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import { lockOpenSignals, noteAcknowledgement, showSinkAs } from '@nexomatic/db/ledger/signals';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { Redis } from '@nexomatic/queue/connection';
import type { LiveBus } from '@nexomatic/queue/live';
import { forgetPresence } from '@nexomatic/queue/presence';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';

/** How a sink is shown while it does what it was told, and once it has done it. */
const shownWhile: Partial<Record<SignalKind, SinkStatus>> = {
  drain: 'DRAINING',
  reset: 'RESETTING',
  kill: 'KILLING',
  force_kill: 'FORCE_KILLING',
};
const shownAfter: Partial<Record<SignalKind, SinkStatus>> = {
  drain: 'OFFLINE',
  reset: 'ONLINE',
  kill: 'OFFLINE',
  force_kill: 'OFFLINE',
};

interface Deps {
  sql: Sql;
  redis: Redis;
  live: Pick<LiveBus, 'publish'>;
  logger: Logger;
}

/** Notes what a sink says about its signals. What is said of a signal that is done, or is another sink's, changes nothing. */
export async function acknowledgeSignals(
  { sql, redis, live, logger }: Deps,
  { tenantId, sinkId }: SinkIdentity,
  said: Acknowledgement[],
): Promise<void> {
  const shown = await sql.transaction(async (tx) => {
    const open = await lockOpenSignals(tx, { tenantId, sinkId }, [...new Set(said.map(({ id }) => id))]);
    let status: SinkStatus | undefined;
    for (const one of said) {
      const kind = open.get(one.id);
      if (!kind) continue;
      noteAcknowledgement(tx, tenantId, one);
      logger.info({ sinkId, signalId: one.id, kind, ...one }, 'signal.acknowledged');
      status = statusAfter(kind, one) ?? status;
      if (one.state === 'done') open.delete(one.id);
    }
    if (status) showSinkAs(tx, { tenantId, sinkId }, status);
    return status;
  });
  // It said itself that it goes: nobody has to wait until it is silent.
  if (shown === 'OFFLINE') await forgetPresence(redis, sinkId).catch(() => undefined);
  live.publish([{ tenantId, eventId: null, sinkId }]);
}

function statusAfter(kind: SignalKind, said: Acknowledgement): SinkStatus | undefined {
  if (said.state === 'received') return shownWhile[kind];
  return said.outcome === 'failed' && shownAfter[kind] ? 'ONLINE' : shownAfter[kind];
}
