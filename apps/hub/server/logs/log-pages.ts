import type { LogEntry } from '@nexomatic/contracts/log-api';
import { lostChunks, lostEnd } from './log-entry.ts';
import { createLineReader, type LineReaderOptions } from './log-lines.ts';
import { lineAfter, spansOf } from './log-spans.ts';
import type { LogState, StoredLog } from './stored-log.ts';

/** Chunks that are read at once; a page of the log holds the lines of at most so many. */
export const chunksPerPage = 100;

export interface LogPage {
  attempt: number;
  entries: LogEntry[];
  /**
   * Where to read on. After the last page this is one more than the last chunk: an unended last line is given once, and
   * reading on from there gives nothing.
   */
  lastSeq: number;
  /** Whether there was more than fits a page. */
  more: boolean;
  /** True when the attempt is finished and nothing more can come. */
  complete: boolean;
  /** Whether any of this log stands in the archive. */
  archived: boolean;
}

export interface LogPages {
  /** The next page, of so many chunks. Empty and not complete: nothing new has been written. */
  next(state: LogState, chunks?: number): Promise<LogPage>;
}

interface LogPagesOptions extends LineReaderOptions {
  /** Chunk behind which to begin. */
  after: number;
}

/**
 * Reads one attempt's log page by page from behind `after`. While the attempt runs, it stops before a gap in the numbers:
 * the missing chunk may still be on its way. Once it is finished, a gap is said in a line of its own.
 */
export function openLogPages(log: StoredLog, { after, ...options }: LogPagesOptions): LogPages {
  const { attempt } = options;
  const reader = createLineReader(options);
  let lastSeq = after;
  /** Highest number that is known to be stored; null until what stands before `after` was looked at. */
  let stored: number | null = after === 0 ? 0 : null;

  async function catchUp(finished: boolean): Promise<number> {
    const [before, outline] = await Promise.all([log.openBefore(after), log.outline()]);
    reader.resume(before, lineAfter(spansOf(outline, finished), after));
    return before.at(-1)?.seq ?? 0;
  }

  return {
    async next({ finishedAt, announcedSeq, lost: isLost, archived, forgotten }, limit = chunksPerPage) {
      const lost = (from: number, to: number, at: Date): LogEntry =>
        lostChunks({ attempt, line: reader.number() }, from, to, at, forgotten);
      stored ??= await catchUp(finishedAt !== null);
      const chunks = await log.after(lastSeq, limit);
      const entries: LogEntry[] = [];
      for (const chunk of chunks) {
        if (chunk.seq > lastSeq + 1) {
          if (finishedAt === null) break;
          entries.push(lost(lastSeq + 1, chunk.seq - 1, chunk.at));
        }
        entries.push(...reader.push(chunk));
        lastSeq = chunk.seq;
        stored = chunk.seq;
      }
      const more = chunks.length === limit && lastSeq === chunks.at(-1)?.seq;
      if (finishedAt === null || more) return { attempt, entries, lastSeq, more, complete: false, archived };

      const end = Math.max(stored, announcedSeq) + 1;
      if (lastSeq < end) {
        entries.push(...reader.flush());
        if (announcedSeq > lastSeq) entries.push(lost(lastSeq + 1, announcedSeq, finishedAt));
        if (isLost) entries.push(lostEnd({ attempt, line: reader.number() }, end, finishedAt));
        lastSeq = end;
      }
      return { attempt, entries, lastSeq, more, complete: true, archived };
    },
  };
}
