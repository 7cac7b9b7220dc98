import { type EventRow, lockDue } from '@nexomatic/db/ledger/event-row';
import type { OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { postponePatrol } from '@nexomatic/db/ledger/write-state';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { LiveBus } from '@nexomatic/queue/live';
import type { TicketQueues } from '@nexomatic/queue/ticket-queue';
import type { Definitions } from '../definitions/definitions.ts';
import { dispatchEvents } from '../dispatch/dispatch-event.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import { type Ending, finishEvents } from './finish-events.ts';

const batchSize = 200;

/**
 * Looks after every event whose deadline has passed, by the database's clock: a lease that ran out, a run or a wait that
 * took too long, or a patrol that makes sure a waiting event still has its ticket. Gives how many there were; full
 * batches mean that there may be more.
 */
export async function sweepDue(deps: {
  sql: Sql;
  definitions: Definitions;
  queues: TicketQueues;
  relay: Relay;
  live: LiveBus;
  logger: Logger;
  /** Leases that ran out are left alone: sinks could not renew them, and are given time to. */
  sparingLeases?: boolean;
}): Promise<number> {
  const { sql, definitions, relay, live, logger } = deps;
  const { endings, waiting, tickets } = await sql.transaction(async (tx) => {
    const due = await lockDue(tx, batchSize, { sparingLeases: deps.sparingLeases ?? false });
    const over = due.flatMap(toEnding);
    const ended = new Set(over.map(({ event }) => event));
    const patrolled = due.filter((event) => !ended.has(event));
    postponePatrol(
      tx,
      patrolled.map((event) => ({ tenantId: event.tenantId, eventId: event.id })),
    );
    return { endings: over, waiting: patrolled, tickets: await finishEvents(tx, definitions, over) };
  });
  relay.nudge(tickets);
  live.publish(endings.map(({ event }) => ({ tenantId: event.tenantId, eventId: event.id })));
  for (const { event, reason } of endings)
    logger.warn({ eventId: event.id, attempt: event.attempt, reason }, 'event.overdue');
  if (waiting.length > 0) await dispatchEvents(deps, waiting.map(toTicket));
  return endings.length + waiting.length;
}

const toTicket = (event: EventRow): OutboxRow => ({
  ...event,
  eventId: event.id,
  attempt: event.attempt + 1,
  delaySeconds: Math.ceil(event.waitMs / 1000),
});

function toEnding(event: EventRow): Ending[] {
  const base = { event, state: 'ERROR' as const, exitCode: null, result: null, lastLogSeq: 0, actor: 'hub' };
  if (event.state === 'RUNNING' && event.runTimeOver) {
    const message = 'the attempt ran longer than its event type allows, and its sink did not end it';
    return [{ ...base, reason: 'timeout', message, attemptEnd: 'ERROR', verb: 'recorded' }];
  }
  if (event.state === 'RUNNING' && event.cancelRequested) {
    const message = 'it was cancelled while it ran, and its sink did not say how it ended';
    return [{ ...base, reason: 'cancelled', message, attemptEnd: 'ERROR', verb: 'recorded' }];
  }
  if (event.state === 'RUNNING') {
    const message = 'the sink stopped renewing its lease while it ran this';
    return [{ ...base, reason: 'sink_lost', message, attemptEnd: 'LOST', verb: 'lost' }];
  }
  if (event.queueTimeOver) {
    const message = 'no sink claimed it within its queue time';
    return [{ ...base, reason: 'expired', message, attemptEnd: null, verb: 'expired' }];
  }
  return [];
}
