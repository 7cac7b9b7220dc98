import type { LogEntry } from '@nexomatic/contracts/log-api';
import { logRecordSchema } from '@nexomatic/contracts/sink-protocol';
import type { StoredChunk } from './log-lines.ts';

export const lineFeed = 0x0a;
/** Gives U+FFFD for what isn't UTF-8, and keeps a byte order mark as the character that it is. */
export const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

export interface LinePlace {
  attempt: number;
  line: number;
  /** The chunk in which it ended. */
  chunk: StoredChunk;
}

/** A line of output. `at`: the time of its chunk as text, for those who make many. */
export function outputEntry({ attempt, line, chunk }: LinePlace, text: string, at = chunk.at.toISOString()): LogEntry {
  const { seq, channel } = chunk;
  const plain = text.endsWith('\r') ? text.slice(0, -1) : text;
  return { attempt, seq, line, at, channel, level: null, text: plain, fields: null };
}

/** A line as readers get it; `cut` bytes of its end were left out. */
export function entryOf(place: LinePlace, bytes: Uint8Array, cut: number): LogEntry {
  const output = outputEntry(place, lenientUtf8.decode(bytes));
  const plain: LogEntry = cut > 0 ? { ...output, cut } : output;
  if (place.chunk.channel !== 'record') return plain;
  const record = parseRecord(plain.text);
  // A record that can't be read is shown as it came rather than dropped.
  if (!record) return { ...plain, level: 'info' };
  const { level, message, fields } = record;
  return { ...plain, at: new Date(record.at).toISOString(), level, text: message, fields: fields ?? null };
}

/** A line of the hub's own about the log, where lines of it are missing. */
export function lostChunks(
  { attempt, line }: Omit<LinePlace, 'chunk'>,
  from: number,
  to: number,
  at: Date,
  forgotten = false,
): LogEntry {
  const which = from === to ? `Chunk ${from}` : `Chunks ${from} to ${to}`;
  if (forgotten)
    return mark({ attempt, line }, to, at, `${which} of this log ${from === to ? 'is' : 'are'} no longer kept.`);
  return mark({ attempt, line }, to, at, `${which} of this log did not reach the hub.`);
}

/** The last line of an attempt whose sink was lost. */
export function lostEnd({ attempt, line }: Omit<LinePlace, 'chunk'>, seq: number, at: Date): LogEntry {
  const from = line === 1 ? 'All lines' : `Lines from ${line} on`;
  return mark({ attempt, line }, seq, at, `${from} are lost, if there were any: the agent died or was cut off.`);
}

function mark({ attempt, line }: Omit<LinePlace, 'chunk'>, seq: number, at: Date, text: string): LogEntry {
  return { attempt, seq, line, at: at.toISOString(), channel: 'record', level: 'warn', text, fields: null };
}

export function parseRecord(text: string) {
  try {
    const parsed = logRecordSchema.safeParse(JSON.parse(text));
    return parsed.success && Math.abs(parsed.data.at) <= maxTime ? parsed.data : null;
  } catch {
    // Not JSON: the caller shows the text itself.
    return null;
  }
}

/** Furthest that a `Date` reaches, in milliseconds either side of the epoch (ECMA-262). */
const maxTime = 8.64e15;
