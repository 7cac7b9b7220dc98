import type { LogEntry } from '@nexomatic/contracts/event-api';
import { type LogChannel, logChannels, logRecordSchema } from '@nexomatic/contracts/sink-protocol';

/** A chunk as it stands in the database. */
export interface StoredChunk {
  seq: number;
  channel: LogChannel;
  at: Date;
  body: Uint8Array;
}

/** A line is cut into entries of this many bytes, so that a module that never ends a line can't hold up its log. */
export const maxLineBytes = 64 * 1024;

export interface LineReader {
  /** The lines that this chunk completes. */
  push(chunk: StoredChunk): LogEntry[];
  /** What is left of lines that were never ended: for when nothing more can come. */
  flush(): LogEntry[];
}

/**
 * Turns the chunks of one attempt, given in order, into lines. Channels are kept apart, because a line or a character of
 * one may be cut by chunks of another; bytes wait until their line ends, and only then become text.
 */
export function createLineReader(attempt: number): LineReader {
  const open = new Map<LogChannel, { rest: Uint8Array; last: StoredChunk }>();

  function push(chunk: StoredChunk): LogEntry[] {
    const entries: LogEntry[] = [];
    const before = open.get(chunk.channel)?.rest;
    const bytes = before?.length ? Buffer.concat([before, chunk.body]) : chunk.body;
    // What waited holds no line end, so the search starts where the new bytes do.
    let searchFrom = before?.length ?? 0;
    let start = 0;
    while (start < bytes.length) {
      const found = bytes.indexOf(lineFeed, Math.max(start, searchFrom));
      const end = found === -1 ? bytes.length : found;
      if (end - start > maxLineBytes) {
        entries.push(toEntry(attempt, chunk, bytes.subarray(start, start + maxLineBytes)));
        start += maxLineBytes;
        continue;
      }
      if (found === -1) break;
      entries.push(toEntry(attempt, chunk, bytes.subarray(start, found)));
      start = found + 1;
      searchFrom = start;
    }
    open.set(chunk.channel, { rest: bytes.subarray(start), last: chunk });
    return entries;
  }

  function flush(): LogEntry[] {
    const entries: LogEntry[] = [];
    for (const channel of logChannels) {
      const line = open.get(channel);
      if (line?.rest.length) entries.push(toEntry(attempt, line.last, line.rest));
    }
    open.clear();
    return entries.sort((a, b) => a.seq - b.seq);
  }

  return { push, flush };
}

/** A line of the hub's own about the log, where lines of it are missing. */
export function lostChunks(attempt: number, from: number, to: number, at: Date): LogEntry {
  const which = from === to ? `Chunk ${from}` : `Chunks ${from} to ${to}`;
  const text = `${which} of this log did not reach the hub.`;
  return { attempt, seq: to, at: at.toISOString(), channel: 'record', level: 'warn', text, fields: null };
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Gives U+FFFD for what isn't UTF-8, and keeps a byte order mark as the character that it is. */
export const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

function toEntry(attempt: number, { seq, channel, at }: StoredChunk, line: Uint8Array): LogEntry {
  const text = lenientUtf8.decode(line.at(-1) === carriageReturn ? line.subarray(0, -1) : line);
  const plain: LogEntry = { attempt, seq, at: at.toISOString(), channel, level: null, text, fields: null };
  if (channel !== 'record') return plain;
  const record = parseRecord(text);
  // A record that can't be read is shown as it came rather than dropped.
  if (!record) return { ...plain, level: 'info' };
  const { level, message, fields } = record;
  return { ...plain, at: new Date(record.at).toISOString(), level, text: message, fields: fields ?? null };
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
