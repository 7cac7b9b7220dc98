import type { ChunkOutline } from '@nexomatic/db/ledger/log-chunks';
import * as z from 'zod';

const marks = ['none', 'mark', 'goes_on'] as const;

/**
 * Of each chunk: its number, when it was written, how many lines end in it, how many records of level error it may hold; then,
 * where they are known, the lines of the log before it, and 1 or 2 for a mark of lines that were lost.
 */
const outlineEntrySchema = z.tuple([z.int(), z.int(), z.int(), z.int()], z.int().nullable());
export const outlineSchema = z.array(outlineEntrySchema);
type OutlineEntry = z.infer<typeof outlineEntrySchema>;

export function outlineEntry({ seq, at, lines, errors, before, mark }: ChunkOutline): OutlineEntry {
  const short: OutlineEntry = [seq, at.getTime(), lines, errors];
  if (mark !== 'none') return [...short, before, marks.indexOf(mark)];
  return before === null ? short : [...short, before];
}

export const outlineFrom = ([seq, at, lines, errors, before, mark]: OutlineEntry): ChunkOutline => ({
  ...{ seq, at: new Date(at), lines, errors, before: before ?? null },
  mark: marks[mark ?? 0] ?? 'none',
});
