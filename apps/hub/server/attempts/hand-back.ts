import type { Id } from '@nexomatic/contracts/id';
import type { HandBackReason } from '@nexomatic/contracts/sink-protocol';
import { lockEvents } from '@nexomatic/db/ledger/event-row';
import type { Sql } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions } from '../definitions/definitions.ts';
import type { Relay } from '../dispatch/relay-outbox.ts';
import type { ReleasedValues } from '../secrets/released-values.ts';
import { type Ending, finishEvents } from './finish-events.ts';
import { actorOf, type SinkIdentity } from './sink-identity.ts';

export type HandBack = (
  sink: SinkIdentity,
  attempts: { eventId: Id<'event'>; attempt: number; why?: HandBackReason }[],
) => Promise<('queued' | 'stale')[]>;

const reasonTexts: Record<HandBackReason, string> = {
  stopping: 'stopped before it was finished',
  no_secrets: 'did not get its secrets, so nothing was run',
};

/** Queues attempts again that a sink gives back unfinished; it counts neither as a failure nor as a lost sink. */
export function createHandBack(deps: {
  sql: Sql;
  definitions: Definitions;
  relay: Relay;
  live: LiveBus;
  releasedValues: Pick<ReleasedValues, 'forget'>;
}): HandBack {
  const { sql, definitions, relay, live, releasedValues } = deps;
  return async (sink, attempts) => {
    if (attempts.length === 0) return [];
    const why = new Map(attempts.map((one) => [one.eventId, one.why]));
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
          message: `${sink.name} ${reasonTexts[why.get(event.id) ?? 'stopping']}`,
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
    releasedValues.forget(attempts);
    live.publish(endings.map(({ event }) => ({ tenantId: event.tenantId, eventId: event.id })));
    return attempts.map(({ eventId }) => (endings.some(({ event }) => event.id === eventId) ? 'queued' : 'stale'));
  };
}
