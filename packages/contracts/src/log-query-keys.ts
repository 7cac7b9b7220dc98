import { eventId, type KeyRule, payloadPathPattern, timeKeys } from './event-query-keys.ts';
import { logChannels, logLevels } from './sink-protocol.ts';

const evt = 'evt_01jd5y0q6vf0x9h2m7k3c8t4zr';

/** Every key of a query of logs but `field.<name>`, in the order in which they are offered. */
export const plainLogKeys = {
  level: {
    help: 'debug, info, warn or error; null for output, which has none',
    sample: 'level:error',
    words: logLevels,
    takes: ['null'],
  },
  type: { help: 'name of the event type', sample: 'type:deploy.*', takes: ['prefix'] },
  source: { help: 'name of the source that fired the event', sample: 'source:github', takes: ['prefix', 'null'] },
  sink: { help: 'name of the sink that wrote it', sample: 'sink:eu-1', takes: ['prefix'] },
  event: {
    help: 'lines of these very events',
    sample: `event:${evt}`,
    fault: eventId,
  },
  attempt: {
    help: 'number of the attempt',
    sample: 'attempt:2',
    takes: ['number'],
    fault: (text: string) =>
      /^[1-9]\d{0,4}$/.test(text) ? undefined : 'Expected the number of an attempt, for example 2.',
  },
  channel: {
    help: 'record: written by the module; stdout and stderr: its output',
    sample: 'channel:stderr',
    words: logChannels,
  },
  ...timeKeys('written'),
} as const satisfies Record<string, KeyRule>;

export type PlainLogKey = keyof typeof plainLogKeys;

/** `field.<name>`: what a record carries beside its message; dots lead deeper. */
const fieldRule: KeyRule = {
  help: 'a field of the record',
  sample: 'field.order.id:4711',
  takes: ['prefix', 'null', 'number'],
};

export const isPlainLogKey = (text: string): text is PlainLogKey => Object.hasOwn(plainLogKeys, text);

/** What a key takes; null for a text that is none. */
export function logKeyRule(key: string): KeyRule | null {
  if (isPlainLogKey(key)) return plainLogKeys[key];
  return key.startsWith('field.') && payloadPathPattern.test(key.slice(6)) ? fieldRule : null;
}
