import type { LogEntry } from '@nexomatic/contracts/log-api';
import { lastLine, lineFeed } from './log-entry.ts';
import { openLogPages } from './log-pages.ts';
import { lineAfter, lostRanges, placeOf, spansOf } from './log-spans.ts';
import type { LogState, StoredLog } from './stored-log.ts';

/** How many chunks on the end of a line is looked for. */
const maxChunksOfLine = 64;

/** One attempt's log by line numbers. */
export interface LogIndex {
  /** Lines that there are by now. */
  total: number;
  /** Lines that are not there. */
  lost: { from: number; to: number }[];
  /** Number of the last chunk that they are made of; reading goes on behind it. */
  lastSeq: number;
  /** The lines from this one on, piece by piece, in pieces of about so many chunks; the first may begin with earlier ones. */
  from(line: number, chunks: number): AsyncGenerator<LogEntry[], void, void>;
  /** The first record of level error behind a line; null where there is none. */
  errorAfter(line: number): Promise<number | null>;
  /** Number of the line that begins in a chunk behind so many of its line feeds. */
  lineBegunAt(seq: number, feeds: number): Promise<number | null>;
}

/** Counts the lines of a log without reading it. */
export async function openLogIndex(log: StoredLog, state: LogState): Promise<LogIndex> {
  const { attempt } = state;
  const outline = await log.outline();
  const spans = spansOf(outline, state.finishedAt !== null);
  const { seq: lastSeq, end } = spans.at(-1) ?? { seq: 0, end: 1 };
  const open = (after: number) =>
    openLogPages({ ...log, outline: async () => outline }, { attempt, after, longLines: 'cut' });
  // Lines that were never ended, and what is missing at the end, stand behind the last line feed.
  const last = state.finishedAt ? (await open(lastSeq).next(state)).entries.at(-1) : undefined;

  async function* from(line: number, chunks: number): AsyncGenerator<LogEntry[], void, void> {
    const pages = open(spans[placeOf(spans, line) - 1]?.seq ?? 0);
    for (;;) {
      const page = await pages.next(state, chunks);
      if (page.entries.length > 0) yield page.entries;
      if (!page.more) return;
    }
  }

  return {
    total: last ? lastLine(last) : end - 1,
    lost: lostRanges(spans),
    lastSeq,
    from,
    async lineBegunAt(seq, feeds) {
      const [first, ...later] = await log.after(seq - 1, maxChunksOfLine);
      const span = spans.find((one) => one.seq === seq);
      if (!span || first?.seq !== seq) return null;
      if (feeds < span.feeds) return span.end - span.feeds + feeds;
      // It ends with the next line feed of its channel.
      const end = later.find(({ channel, body }) => channel === first.channel && body.includes(lineFeed));
      const ended = end && spans.find((one) => one.seq === end.seq);
      return ended ? ended.end - ended.feeds : lineAfter(spans, lastSeq);
    },
    async errorAfter(line) {
      for (let place = placeOf(spans, line + 1); place < spans.length; place++) {
        if (spans[place]?.errors === 0) continue;
        const { entries } = await open(spans[place - 1]?.seq ?? 0).next(state, 1);
        const found = entries.find((entry) => entry.level === 'error' && entry.line > line);
        if (found) return found.line;
      }
      return null;
    },
  };
}
