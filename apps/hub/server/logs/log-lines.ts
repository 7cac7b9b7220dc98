import type { LogEntry } from '@nexomatic/contracts/log-api';
import { type LogChannel, logChannels } from '@nexomatic/contracts/sink-protocol';
import { entryOf, lenientUtf8, lineFeed, outputEntry } from './log-entry.ts';

/** A chunk as it was sent. */
export interface StoredChunk {
  seq: number;
  channel: LogChannel;
  at: Date;
  body: Uint8Array;
}

/** A line is cut into entries of this many bytes, so that a module that never ends a line can't hold up its log. */
export const maxLineBytes = 64 * 1024;
/** A record can only be read whole; agents make none that is longer than half of this. */
const maxRecordBytes = 1024 * 1024;

const limitOf = (channel: LogChannel): number => (channel === 'record' ? maxRecordBytes : maxLineBytes);

export interface LineReader {
  /** The lines that this chunk completes. */
  push(chunk: StoredChunk): LogEntry[];
  /** What is left of lines that were never ended: for when nothing more can come. */
  flush(): LogEntry[];
  /** Gives the next number to a line that stands in no chunk. */
  number(): number;
  /** Takes over what earlier chunks have left open; the next line to be completed has this number. */
  resume(before: StoredChunk[], line: number): void;
}

interface Open {
  rest: Uint8Array;
  /** Bytes of this line that were left out behind `rest`. */
  cut: number;
  last: StoredChunk;
}

export interface LineReaderOptions {
  attempt: number;
  /**
   * What becomes of a line longer than its limit. `pieces`: an entry for each piece as it comes; those before the last tell
   * the number that is due next. `cut`: one entry, once the line has ended, of its beginning.
   */
  longLines?: 'pieces' | 'cut';
}

/**
 * Turns the chunks of one attempt, given in order, into lines. Channels are kept apart, because a line or a character of
 * one may be cut by chunks of another; bytes wait until their line ends, and only then become text. A line is numbered by
 * the line feeds before it, so the number can be told from the chunks' counts alone.
 */
export function createLineReader({ attempt, longLines = 'pieces' }: LineReaderOptions): LineReader {
  const open = new Map<LogChannel, Open>();
  let next = 1;

  function push(chunk: StoredChunk): LogEntry[] {
    const entries: LogEntry[] = [];
    const limit = limitOf(chunk.channel);
    let { rest, cut } = open.get(chunk.channel) ?? { rest: nothing, cut: 0 };
    let start = 0;
    const whole = cut === 0 && chunk.channel !== 'record' ? decodeLines(chunk.body, rest, limit) : null;
    if (whole) {
      const at = chunk.at.toISOString();
      for (const text of whole.texts) entries.push(outputEntry({ attempt, line: next++, chunk }, text, at));
      rest = nothing;
      start = whole.end;
    }
    for (let end = chunk.body.indexOf(lineFeed, start); end !== -1; end = chunk.body.indexOf(lineFeed, start)) {
      take(end);
      entries.push(entryOf({ attempt, line: next, chunk }, rest, cut));
      next += 1;
      rest = nothing;
      cut = 0;
      start = end + 1;
    }
    take(chunk.body.length);
    open.set(chunk.channel, { rest, cut, last: chunk });
    return entries;

    /** Adds what stands before `end` to the line at hand. */
    function take(end: number): void {
      const more = chunk.body.subarray(start, end);
      rest = rest.length === 0 ? more : Buffer.concat([rest, more]);
      while (rest.length > limit) {
        if (longLines === 'cut') {
          cut += rest.length - limit;
          rest = rest.subarray(0, limit);
        } else {
          entries.push(entryOf({ attempt, line: next, chunk }, rest.subarray(0, limit), 0));
          rest = rest.subarray(limit);
        }
      }
    }
  }

  function flush(): LogEntry[] {
    const rests = logChannels.map((channel) => open.get(channel)).filter((line) => line !== undefined);
    open.clear();
    return rests
      .filter(({ rest }) => rest.length > 0)
      .sort((a, b) => a.last.seq - b.last.seq)
      .map(({ rest, cut, last }) => entryOf({ attempt, line: next++, chunk: last }, rest, cut));
  }

  return {
    push,
    flush,
    number: () => next++,
    resume(before, line) {
      for (const chunk of before) push(chunk);
      next = line;
    },
  };
}

const nothing = new Uint8Array(0);

/**
 * All lines that end in a body, decoded in one go: a hundred times as fast as one by one. Null where there are none, or where
 * one may be longer than the limit.
 */
function decodeLines(body: Uint8Array, rest: Uint8Array, limit: number): { texts: string[]; end: number } | null {
  const last = body.lastIndexOf(lineFeed);
  if (last === -1 || body.length > limit || rest.length + body.indexOf(lineFeed) > limit) return null;
  const ended = body.subarray(0, last);
  const bytes = rest.length === 0 ? ended : Buffer.concat([rest, ended]);
  return { texts: lenientUtf8.decode(bytes).split('\n'), end: last + 1 };
}
