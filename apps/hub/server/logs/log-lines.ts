import type { LogEntry } from '@nexomatic/contracts/log-api';
import { type LogChannel, logChannels } from '@nexomatic/contracts/sink-protocol';
import { damagedIf, LineDamage, type OpenLine, passBegun } from './line-damage.ts';
import { entryOf, lenientUtf8, lineFeed, lostChunks, lostLines, lostPart, markOf, outputEntry } from './log-entry.ts';
import { type ChunkSpan, type Gap, lostBetween } from './log-spans.ts';
import type { LostHere, StoredChunk } from './stored-chunk.ts';

/** A line is cut into entries of this many bytes, so that a module that never ends a line can't hold up its log. */
export const maxLineBytes = 64 * 1024;
/** A record can only be read whole; agents make none that is longer than half of this. */
const maxRecordBytes = 1024 * 1024;

const limitOf = (channel: LogChannel): number => (channel === 'record' ? maxRecordBytes : maxLineBytes);

export interface LineReader {
  /** The lines that this chunk completes. */
  push(chunk: StoredChunk): LogEntry[];
  /** Says what chunks that are missing have held; lines behind them have their true numbers, where these are known. */
  miss(gap: Gap, at: Date, forgotten?: boolean): LogEntry[];
  /** What is left of lines that were never ended: for when nothing more can come. */
  flush(): LogEntry[];
  /** Gives the next number to a line that stands in no chunk. */
  number(): number;
  /** Lines up to here, as the agent counts them. */
  counted(): number;
  /** The mark that stands last, if what comes behind it is lost too. */
  dropping(): LostHere | null;
  /** Takes over what earlier chunks have left open, and the numbers: these are all spans before the next chunk. */
  resume(before: StoredChunk[], spans: readonly ChunkSpan[]): void;
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
  const open = new Map<LogChannel, OpenLine>();
  const damage = new LineDamage();
  let next = 1;
  let counted = 0;
  let dropping: LostHere | null = null;

  function push(chunk: StoredChunk): LogEntry[] {
    const first = next;
    const entries = chunk.lost ? mark(chunk, chunk.lost) : lines(chunk);
    dropping = chunk.lost?.goesOn ? chunk.lost : null;
    counted = (chunk.place?.before ?? counted) + next - first;
    return entries;
  }

  /** What stands in place of lines that were lost; where it is not known how many, or none whole, a line of its own. */
  function mark(chunk: StoredChunk, { lines: lost, why }: LostHere): LogEntry[] {
    damage.marked(chunk.seq);
    const line = next;
    next += Math.max(1, lost);
    if (lost === 0) return [markOf({ attempt, line, chunk })];
    return [lostLines({ attempt, line }, lost, chunk, `lost: ${why}.${passBegun(open)}`)];
  }

  function lines(chunk: StoredChunk): LogEntry[] {
    const entries: LogEntry[] = [];
    const limit = limitOf(chunk.channel);
    let { rest, cut, broken } = damage.openAt(chunk, open.get(chunk.channel));
    let start = 0;
    const whole = cut === 0 && !broken && chunk.channel !== 'record' ? decodeLines(chunk.body, rest, limit) : null;
    if (whole) {
      const at = chunk.at.toISOString();
      for (const text of whole.texts) entries.push(outputEntry({ attempt, line: next++, chunk }, text, at));
      rest = nothing;
      start = whole.end;
    }
    for (let end = chunk.body.indexOf(lineFeed, start); end !== -1; end = chunk.body.indexOf(lineFeed, start)) {
      take(end);
      entries.push(damagedIf(broken, entryOf({ attempt, line: next, chunk }, rest, cut)));
      next += 1;
      rest = nothing;
      cut = 0;
      broken = false;
      start = end + 1;
    }
    take(chunk.body.length);
    open.set(chunk.channel, { rest, cut, last: chunk, broken, passed: false });
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
          entries.push(damagedIf(broken, entryOf({ attempt, line: next, chunk }, rest.subarray(0, limit), 0)));
          rest = rest.subarray(limit);
        }
      }
    }
  }

  function miss(gap: Gap, at: Date, forgotten = false): LogEntry[] {
    damage.missed(gap);
    const { to, lines: lost } = gap;
    if (lost === 0) return [];
    if (lost === null) return [lostChunks({ attempt, line: next++ }, gap, at, { forgotten, why: dropping?.why })];
    const line = next;
    next += lost;
    counted += lost;
    const why = forgotten
      ? lost === 1
        ? 'is no longer kept.'
        : 'are no longer kept.'
      : `lost: ${dropping?.why ?? 'they did not reach the hub'}.`;
    return [lostLines({ attempt, line }, lost, { seq: to, at }, `${why}${passBegun(open)}`)];
  }

  function flush(): LogEntry[] {
    const rests = logChannels.map((channel) => open.get(channel)).filter((line) => line !== undefined);
    open.clear();
    const unended = rests
      .filter(({ rest }) => rest.length > 0)
      .sort((a, b) => a.last.seq - b.last.seq)
      .map(({ rest, cut, last, broken, passed }) =>
        damagedIf(broken || passed, entryOf({ attempt, line: next++, chunk: last }, rest, cut)),
      );
    const parts = damage.parts();
    const at = rests.at(0)?.last.at ?? new Date(0);
    return [...unended, ...(parts.length > 0 ? [lostPart({ attempt, line: next++ }, parts, at)] : [])];
  }

  return {
    push,
    miss,
    flush,
    number: () => next++,
    counted: () => counted,
    dropping: () => dropping,
    resume(before, spans) {
      for (const { gap, mark: marked, seq } of spans) {
        if (gap) damage.missed(gap);
        if (marked) damage.marked(seq);
      }
      const passTo = (to: number): void => {
        for (const line of open.values()) line.passed ||= lostBetween(spans, line.last.seq, to);
      };
      for (const chunk of before) {
        passTo(chunk.seq);
        push(chunk);
      }
      passTo(spans.at(-1)?.seq ?? 0);
      next = spans.at(-1)?.end ?? 1;
      counted = spans.at(-1)?.counted ?? 0;
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
