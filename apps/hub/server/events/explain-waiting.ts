import type { Waiting } from '@nexomatic/contracts/event-waiting';
import type { Id } from '@nexomatic/contracts/id';
import type { EventType } from '@nexomatic/db/entities/event-type';
import type { Sink } from '@nexomatic/db/entities/sink';
import type { SinkType } from '@nexomatic/db/entities/sink-type';
import type { SummaryRow } from './summaries.ts';

export type WaitingSink = Pick<Sink, 'id' | 'name' | 'sinkTypeId' | 'status' | 'slots'>;

/** What the rule looks at, beside the event itself. */
export interface WaitingFacts {
  now: number;
  eventType: Pick<EventType, 'id' | 'name' | 'enabled' | 'disabledAt' | 'maxAttempts'> | null;
  sinkType: Pick<SinkType, 'id' | 'name'> | null;
  /** Every sink of the type, and the one that the event is pinned to. */
  sinks: WaitingSink[];
  /** Events that each sink runs. */
  busy: ReadonlyMap<Id<'sink'>, number>;
}

/**
 * Why a QUEUED event is not running. What holds back for certain comes first: a disabled type holds back whatever sinks
 * there are, and a given time does so before any sink is asked.
 */
export function explainWaiting(event: SummaryRow, facts: WaitingFacts): Waiting {
  const { eventType, now } = facts;
  if (eventType && !eventType.enabled) {
    const sentence = `The event type ${eventType.name} is disabled; this goes on when it is enabled.`;
    const since = eventType.disabledAt?.toISOString() ?? null;
    return { ...waiting('event_type_disabled', sentence, eventType), since };
  }
  if (event.availableAt.getTime() > now) return untilThen(event, eventType?.maxAttempts ?? 1);
  const pinned = event.pinnedSinkId ?? null;
  return pinned === null ? forAnySink(event, facts) : forOneSink(pinned, facts);
}

function waiting(code: Waiting['code'], sentence: string, about: { id: string; name: string } | null): Waiting {
  return { code, sentence, since: null, until: null, about: about && { id: about.id, name: about.name } };
}

function untilThen({ availableAt, reason, attempt }: SummaryRow, maxAttempts: number): Waiting {
  const until = availableAt.toISOString();
  if (reason !== 'retry_wait') return { ...waiting('delayed', 'It was fired to start at a later time.', null), until };
  const next = maxAttempts > attempt ? `attempt ${attempt + 1} of ${maxAttempts}` : `attempt ${attempt + 1}`;
  return { ...waiting('retry_wait', `Attempt ${attempt} failed; ${next} follows after a pause.`, null), until };
}

function forOneSink(id: Id<'sink'>, { sinks, busy }: WaitingFacts): Waiting {
  const sink = sinks.find((one) => one.id === id);
  if (!sink) {
    const sentence = 'It is pinned to a sink that was removed; cancel it and fire it again.';
    return waiting('pinned_sink_missing', sentence, null);
  }
  const pinned = `It is pinned to the sink ${sink.name}`;
  if (sink.status === 'OFFLINE') return waiting('pinned_sink_offline', `${pinned}, which is offline.`, sink);
  if (sink.status !== 'ONLINE') {
    return waiting('pinned_sink_paused', `${pinned}, which is ${wordOf(sink.status)}.`, sink);
  }
  const taken = busy.get(sink.id) ?? 0;
  return taken >= sink.slots
    ? waiting('sinks_busy', `${pinned}, which is busy: ${slotsText(sink.slots)} taken.`, sink)
    : waiting('in_turn', `${pinned} and waits for its turn there.`, sink);
}

function forAnySink({ sinkTypeId }: SummaryRow, { sinkType, sinks, busy }: WaitingFacts): Waiting {
  const kind = sinkType?.name ?? 'matching';
  const ofType = sinks.filter((sink) => sink.sinkTypeId === sinkTypeId);
  const online = ofType.filter(({ status }) => status === 'ONLINE');
  if (online.length === 0) {
    const [one, ...more] = ofType;
    if (one?.status === 'PAUSED' && more.length === 0) {
      return waiting(
        'no_sink_online',
        `The only ${kind} sink, ${one.name}, is paused; this goes on when it is resumed.`,
        one,
      );
    }
    const others = ofType.slice(0, 3).map(({ name, status }) => `${name} is ${wordOf(status)}`);
    const them = others.length === 0 ? 'there is none' : others.join(', ');
    return waiting('no_sink_online', `No ${kind} sink is online: ${them}.`, sinkType);
  }
  const slots = online.reduce((sum, sink) => sum + sink.slots, 0);
  const taken = online.reduce((sum, sink) => sum + Math.min(sink.slots, busy.get(sink.id) ?? 0), 0);
  const [only] = online;
  const which =
    online.length === 1
      ? `The only ${kind} sink online, ${only?.name}, is`
      : `All ${online.length} ${kind} sinks online are`;
  return taken >= slots
    ? waiting('sinks_busy', `${which} busy: ${slotsText(slots)} taken.`, sinkType)
    : waiting(
        'in_turn',
        `It waits for its turn: ${taken} of ${slotsText(slots)} of ${kind} sinks are taken.`,
        sinkType,
      );
}

const wordOf = (status: WaitingSink['status']): string => status.toLowerCase().replace('_', ' ');

const slotsText = (slots: number): string => (slots === 1 ? '1 slot' : `${slots} slots`);
