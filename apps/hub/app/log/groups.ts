import type { GroupMark } from './group-mark.ts';

/** Lines that belong together under the first of them. */
export interface LogGroup {
  /** The line that begins it; what it folds away stands behind. */
  line: number;
  title: string;
  /** The last line of what it holds. */
  end: number;
  /** The last line that is its own: one that only says that it ends is never shown. */
  last: number;
  /** Whether it is open without anybody having opened it. */
  open: boolean;
}

export interface Marks {
  /** By line. */
  marks: ReadonlyMap<number, GroupMark>;
  total: number;
  /** Up to which line every mark is known: a group that goes on behind it ends there for now. */
  known: number;
  /** Lines that nobody should have to look for: a group that holds one of them is open. */
  shown: readonly number[];
  /** The log is still written: its last group is what happens now. */
  running: boolean;
}

/** Groups are not nested: one that begins ends the one before it. */
export function groupsOf({ marks, total, known, shown, running }: Marks): LogGroup[] {
  const groups: LogGroup[] = [];
  const lines = [...marks.keys()].filter((line) => line <= known).sort((a, b) => a - b);
  for (const [index, line] of lines.entries()) {
    const mark = marks.get(line);
    if (!mark || mark.kind === 'end') continue;
    const next = lines[index + 1];
    const closing = next !== undefined && marks.get(next)?.kind === 'end';
    const end = next === undefined ? Math.min(known, total) : next - 1;
    const open =
      mark.kind === 'open' || (running && next === undefined) || shown.some((wanted) => wanted > line && wanted <= end);
    groups.push({ line, title: mark.title, end, last: closing ? next : end, open });
  }
  return groups;
}
