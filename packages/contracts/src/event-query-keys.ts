import { eventReasons, eventStates } from './event-state.ts';
import { isId } from './id-form.ts';

/** Forms of a value that not every key takes: the beginning of a text (`text*`), nothing (`null`), numbers (`>n <n a..b`). */
export type ValueForm = 'prefix' | 'null' | 'number';

export interface KeyRule {
  /** What the key looks at, for the list that is offered while somebody writes. */
  help: string;
  /** A whole term, for messages. */
  sample: string;
  takes?: readonly ValueForm[];
  /** The only values there are. */
  words?: readonly string[];
  /** Says what is wrong with a text of the value. */
  fault?: (text: string) => string | undefined;
  /** Bounds the time: at most once, not excluded, one value. */
  time?: boolean;
}

/** Says what is wrong with the id of an event. */
export const eventId = (text: string) =>
  isId('event', text) ? undefined : 'Expected the id of an event: evt_ and 26 characters.';
const bulkId = (text: string) =>
  isId('bulkJob', text) ? undefined : 'Expected the id of a bulk job: blk_ and 26 characters.';

const span = /^[1-9]\d{0,3}[mhd]$/;
/** A time with its zone: whoever else opens the address must see the same events. */
const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;
const instant = (text: string) =>
  zoned.test(text) && !Number.isNaN(Date.parse(text))
    ? undefined
    : 'Expected a time with its zone, for example 2026-11-24T09:00Z or 2026-11-24T10:00+01:00.';

/** The keys that bound the time, of what was created, written, … then. */
export const timeKeys = (done: string) =>
  ({
    since: {
      help: `${done} within: 15m, 24h, 7d … or all`,
      sample: 'since:24h',
      time: true,
      fault: (text: string) =>
        text === 'all' || span.test(text)
          ? undefined
          : 'Expected minutes, hours or days, for example 15m, 24h or 7d; or all.',
    },
    from: { help: `${done} at or after`, sample: 'from:2026-11-24T09:00Z', time: true, fault: instant },
    to: { help: `${done} before`, sample: 'to:2026-11-25T09:00Z', time: true, fault: instant },
  }) as const satisfies Record<string, KeyRule>;

const evt = 'evt_01jd5y0q6vf0x9h2m7k3c8t4zr';

/** Every key of a query but `payload.<path>`, in the order in which they are offered. */
export const plainKeys = {
  state: {
    help: 'queued, running, success, warning or error',
    sample: 'state:error',
    words: eventStates.map((state) => state.toLowerCase()),
  },
  reason: {
    help: 'why it is in its state',
    sample: 'reason:timeout',
    words: Object.keys(eventReasons),
    takes: ['null'],
  },
  type: { help: 'name of the event type', sample: 'type:deploy.*', takes: ['prefix'] },
  source: { help: 'name of the source that fired it', sample: 'source:github', takes: ['prefix', 'null'] },
  sink: { help: 'name of the sink that ran it', sample: 'sink:eu-1', takes: ['prefix', 'null'] },
  schedule: { help: 'name of the schedule that fired it', sample: 'schedule:nightly', takes: ['prefix', 'null'] },
  id: { help: 'these very events', sample: `id:${evt}`, fault: eventId },
  parent: { help: 'follow-ons of an event', sample: `parent:${evt}`, fault: eventId, takes: ['null'] },
  root: { help: 'the whole chain of an event', sample: `root:${evt}`, fault: eventId },
  is: {
    help: 'root: fired from outside, no step of a chain; rerun: made by a re-run',
    sample: 'is:root',
    words: ['root', 'rerun'],
  },
  has: {
    help: 'children: something followed on it; rerun: it was run again',
    sample: 'has:children',
    words: ['children', 'rerun'],
  },
  rerun: { help: 're-runs of an event', sample: `rerun:${evt}`, fault: eventId },
  bulk: { help: 'what a bulk job has made or cancelled', sample: 'bulk:blk_01jd5y0q6vf0x9h2m7k3c8t4zr', fault: bulkId },
  ...timeKeys('created'),
} as const satisfies Record<string, KeyRule>;

export type PlainKey = keyof typeof plainKeys;

/** `payload.<path>`: the path is a search key that an event type declares. */
export const payloadRule: KeyRule = {
  help: 'a search key of the event type',
  sample: 'payload.order.id:4711',
  takes: ['prefix', 'null', 'number'],
};

/** The form of a path into a payload: names joined by dots, without spaces or the signs that a query is made of. */
export const payloadPathPattern = /^[^\s.:"(),]+(\.[^\s.:"(),]+)*$/;

export const isPlainKey = (text: string): text is PlainKey => Object.hasOwn(plainKeys, text);

/** What a key takes; null for a text that is none. */
export function keyRule(key: string): KeyRule | null {
  if (isPlainKey(key)) return plainKeys[key];
  return key.startsWith('payload.') && payloadPathPattern.test(key.slice(8)) ? payloadRule : null;
}
