import type { Id } from '@nexomatic/contracts/id';
import { lockEvents } from '@nexomatic/db/ledger/event-row';
import type { Sql } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions } from '../definitions/definitions.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import { type Ending, finishEvents } from './finish-events.ts';
import { actorOf, type SinkIdentity } from './sink-identity.ts';

export type HandBack = (
  sink: SinkIdentity,
  attempts: { eventId: Id<'event'>; attempt: number }[],
) => Promise<('queued' | 'stale')[]>;

/** Queues attempts again that a sink gives back at a clean stop; it counts neither as a failure nor as a lost sink. */
export function createHandBack(deps: { sql: Sql; definitions: Definitions; relay: Relay; live: LiveBus }): HandBack {
  const { sql, definitions, relay, live } = deps;
  return async (sink, attempts) => {
    if (attempts.length === 0) return [];
    const { endings, tickets } = await sql.transaction(async (tx) => {
      const ids = attempts.map(({ eventId }) => eventId);
      const held = (await lockEvents(tx, sink.tenantId, ids)).filter(
        (event) =>
          event.state === 'RUNNING' &&
          event.sinkId === sink.sinkId &&
          attempts.some(({ eventId, attempt }) => eventId === event.id && attempt === event.attempt),
      );
      const given = held.map(
        (event): Ending => ({
          event,
          state: 'ERROR',
          reason: 'handed_back',
          message: `${sink.name} stopped before it was finished`,
          exitCode: null,
          result: null,
          lastLogSeq: 0,
          attemptEnd: 'HANDED_BACK',
          actor: actorOf(sink),
          verb: 'handed_back',
        }),
      );
      return { endings: given, tickets: await finishEvents(tx, definitions, given) };
    });
    relay.nudge(tickets);
    live.publish(endings.map(({ event }) => ({ tenantId: event.tenantId, eventId: event.id })));
    return attempts.map(({ eventId }) => (endings.some(({ event }) => event.id === eventId) ? 'queued' : 'stale'));
  };
}
