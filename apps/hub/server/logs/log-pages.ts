import type { LogEntry } from '@nexomatic/contracts/log-api';
import { lostEnd } from './log-entry.ts';
import { createLineReader, type LineReaderOptions } from './log-lines.ts';
import { gapBefore, spansOf } from './log-spans.ts';
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
    reader.resume(
      before,
      spansOf(outline, finished).filter(({ seq }) => seq <= after),
    );
    return before.at(-1)?.seq ?? 0;
  }

  /** What is left behind the last chunk that there is. */
  function endOf({ announcedSeq, announcedLines, lost, forgotten }: LogState, { at, end }: { at: Date; end: number }) {
    const counted = (announcedLines ?? 0) - reader.counted();
    const gap = { from: lastSeq + 1, to: announcedSeq, lines: counted > 0 ? counted : null };
    // A mark says it already where what came behind it was dropped, and nobody knows how much that was.
    const missing = announcedSeq > lastSeq && (gap.lines !== null || !reader.dropping());
    return [
      ...(missing && gap.lines !== null ? reader.miss(gap, at, forgotten) : []),
      ...reader.flush(),
      ...(missing && gap.lines === null ? reader.miss(gap, at, forgotten) : []),
      ...(lost ? [lostEnd({ attempt, line: reader.number() }, end, at)] : []),
    ];
  }

  return {
    async next(state, limit = chunksPerPage) {
      const { finishedAt, announcedSeq, archived, forgotten } = state;
      stored ??= await catchUp(finishedAt !== null);
      const chunks = await log.after(lastSeq, limit);
      const entries: LogEntry[] = [];
      for (const chunk of chunks) {
        const place = { seq: chunk.seq, before: chunk.place?.before ?? null };
        const gap = gapBefore(lastSeq, reader.counted(), place);
        // What was dropped behind a mark does not come any more.
        if (gap && finishedAt === null && !reader.dropping()) break;
        if (gap) entries.push(...reader.miss(gap, chunk.at, forgotten));
        entries.push(...reader.push(chunk));
        lastSeq = chunk.seq;
        stored = chunk.seq;
      }
      const more = chunks.length === limit && lastSeq === chunks.at(-1)?.seq;
      if (finishedAt === null || more) return { attempt, entries, lastSeq, more, complete: false, archived };

      const end = Math.max(stored, announcedSeq) + 1;
      if (lastSeq < end) {
        entries.push(...endOf(state, { at: finishedAt, end }));
        lastSeq = end;
      }
      return { attempt, entries, lastSeq, more, complete: true, archived };
    },
  };
}
