import type { ChunkOutline } from '@nexomatic/db/ledger/log-chunks';

/** Which lines a chunk completes. */
export interface ChunkSpan {
  seq: number;
  /** The first of them; where chunks before it are missing, the line that says so. */
  first: number;
  /** Of these, how many its own line feeds end. */
  feeds: number;
  /** One more than the last of them. */
  end: number;
  errors: number;
}

/**
 * Numbers the lines of a log by its chunks' counts. While the attempt runs it ends before the first gap, as reading does:
 * the missing chunk may still come. Once it is finished, each gap is a line.
 */
export function spansOf(outline: readonly ChunkOutline[], finished: boolean): ChunkSpan[] {
  const spans: ChunkSpan[] = [];
  let line = 1;
  let lastSeq = 0;
  for (const { seq, lines, errors } of outline) {
    const gap = seq > lastSeq + 1;
    if (gap && !finished) break;
    const end = line + lines + (gap ? 1 : 0);
    spans.push({ seq, first: line, feeds: lines, end, errors });
    line = end;
    lastSeq = seq;
  }
  return spans;
}

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
