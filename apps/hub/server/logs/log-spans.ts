import type { ChunkOutline } from '@nexomatic/db/ledger/log-chunks';

/** Which lines a chunk completes. */
export interface ChunkSpan {
  seq: number;
  /** The first of them; where chunks before it are missing, the first line that is. */
  first: number;
  /** Of these, how many its own line feeds end, or how many lost ones it stands for. */
  feeds: number;
  /** One more than the last of them. */
  end: number;
  errors: number;
  /** Chunks that are missing before it, and how many lines. */
  gap: Gap | null;
  /** It is a mark, and of how many lost lines: with none it is a line of its own. */
  mark: { lost: number } | null;
  /** Lines up to and with it, as its agent counts them. */
  counted: number;
}

/** Chunks that are missing. */
export interface Gap {
  from: number;
  to: number;
  /** Lines that ended in them; null where nobody has counted. Then the gap itself is a line. */
  lines: number | null;
}

/** What is missing before a chunk of which this is known, `counted` lines behind the beginning; null if nothing is. */
export function gapBefore(
  lastSeq: number,
  counted: number,
  { seq, before }: { seq: number; before: number | null },
): Gap | null {
  if (seq <= lastSeq + 1) return null;
  return { from: lastSeq + 1, to: seq - 1, lines: before === null ? null : Math.max(0, before - counted) };
}

/**
 * Numbers the lines of a log by its chunks' counts. While the attempt runs it ends before the first gap, as reading does:
 * the missing chunk may still come. Once it is finished, what is missing has its numbers.
 */
export function spansOf(outline: readonly ChunkOutline[], finished: boolean): ChunkSpan[] {
  const spans: ChunkSpan[] = [];
  let [line, lastSeq, counted] = [1, 0, 0];
  let dropping = false;
  for (const { seq, lines, errors, before, mark } of outline) {
    const gap = gapBefore(lastSeq, counted, { seq, before });
    if (gap && !finished && !dropping) break;
    const feeds = mark === 'none' ? lines : Math.max(1, lines);
    const end = line + feeds + (gap ? (gap.lines ?? 1) : 0);
    counted = (before ?? counted) + feeds;
    spans.push({ seq, first: line, feeds, end, errors, gap, mark: mark === 'none' ? null : { lost: lines }, counted });
    line = end;
    lastSeq = seq;
    dropping = mark === 'goes_on';
  }
  return spans;
}

/** Whether whole lines were lost behind one chunk, up to another. */
export const lostBetween = (spans: readonly ChunkSpan[], behind: number, upTo: number): boolean =>
  spans.some(({ seq, gap, mark }) => seq > behind && seq <= upTo && ((gap?.lines ?? 0) > 0 || (mark?.lost ?? 0) > 0));

/** Number of the first line that is completed behind chunk `seq`. */
export function lineAfter(spans: readonly ChunkSpan[], seq: number): number {
  return spans.findLast((span) => span.seq <= seq)?.end ?? 1;
}

/** Place of the chunk that completes a line; the number of chunks if none does (yet). */
export function placeOf(spans: readonly ChunkSpan[], line: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) > line) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Lines that are not there, in order: those of chunks that are missing, and those that marks stand for. */
export function lostRanges(spans: readonly ChunkSpan[]): { from: number; to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { first, gap, mark, feeds, end } of spans) {
    if (gap?.lines) ranges.push({ from: first, to: first + gap.lines - 1 });
    if (mark?.lost) ranges.push({ from: end - feeds, to: end - 1 });
  }
  // A mark of one line hides nothing.
  return ranges.filter(({ from, to }) => to > from);
}
