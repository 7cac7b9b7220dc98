import type { LogRow } from '@nexomatic/db/log-conditions';
import type { LogPlace } from '@nexomatic/db/log-walks';

/** The order of lines in an answer, as the index of the database has it. */

export const placeOf = ({ at, eventId, attempt, seq, line }: LogRow): Required<LogPlace> => ({
  at,
  key: { eventId, attempt, seq, line },
});

/** Sorts lines, the newest first. Ids sort as their bytes do. */
export function newestFirst(a: LogRow, b: LogRow): number {
  return (
    b.at.getTime() - a.at.getTime() ||
    (a.eventId === b.eventId ? 0 : a.eventId < b.eventId ? 1 : -1) ||
    b.attempt - a.attempt ||
    b.seq - a.seq ||
    b.line - a.line
  );
}

/** Whether a line comes after a place in that order. */
export function isBehind(row: LogRow, { at, key }: LogPlace): boolean {
  return key ? newestFirst(row, { ...row, at, ...key }) > 0 : row.at < at;
}

/** A line, and whether it was read from an archive. */
export type FoundRow = LogRow & { archived: boolean };

/** Lines of both places in order, each once: while a log is moved it stands in both. */
export function mergeRows(hot: LogRow[], archived: LogRow[]): FoundRow[] {
  const rows = [
    ...hot.map((row) => ({ ...row, archived: false })),
    ...archived.map((row) => ({ ...row, archived: true })),
  ].sort(newestFirst);
  return rows.filter((row, i) => {
    const before = rows[i - 1];
    return !before || newestFirst(before, row) !== 0;
  });
}
