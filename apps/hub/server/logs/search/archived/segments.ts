import type { SearchablePart } from '@nexomatic/db/archived-parts';
import { type ArchiveBlock, blocksSchema } from '../../../archive/format/archive-file.ts';
import { outlineSchema } from '../../../archive/format/archive-outline.ts';

/** A block of an archived log, or the whole log while nobody asked which of its blocks are of what time. */
export interface Segment {
  part: SearchablePart;
  blocks: ArchiveBlock[];
  /** Null: all of them. */
  index: number | null;
  /** No line in it is younger, in milliseconds. */
  youngest: number;
}

/** Milliseconds, both included. */
export interface TimeSpan {
  from: number;
  to: number;
}

/** A log as it is found in the database. Most have one block. */
export function segmentOf(part: SearchablePart, { to }: TimeSpan): Segment {
  const blocks = blocksSchema.parse(JSON.parse(part.blocks));
  return { part, blocks, index: blocks.length === 1 ? 0 : null, youngest: Math.min(to, part.lastAt.getTime()) };
}

/** The blocks of a log that may hold lines of the time, by its outline. */
export function blocksOfTime({ part, blocks }: Segment, outline: string, { from, to }: TimeSpan): Segment[] {
  const times = blocks.map(() => ({ oldest: Number.POSITIVE_INFINITY, youngest: Number.NEGATIVE_INFINITY }));
  for (const [seq, at] of outlineSchema.parse(JSON.parse(outline))) {
    const time = times[blocks.findLastIndex(([, , first]) => first <= seq)];
    if (!time) continue;
    time.oldest = Math.min(time.oldest, at - part.driftMs);
    time.youngest = Math.max(time.youngest, at + part.driftMs);
  }
  return times.flatMap(({ oldest, youngest }, index) =>
    oldest > to || youngest < from
      ? []
      : [{ part, blocks, index, youngest: Math.min(to, youngest, part.lastAt.getTime()) }],
  );
}
