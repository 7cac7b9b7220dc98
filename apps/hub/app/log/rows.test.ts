import fc from 'fast-check';
import { expect, test } from 'vitest';
import { groupMarkOf } from './group-mark.ts';
import { groupsOf, type LogGroup } from './groups.ts';
import { rowsOfGroups, rowsOfLines } from './rows.ts';

const mark = (text: string) => groupMarkOf([{ text, className: '' }]);

test('groups begin and end by what output says, and heads of patches are none', () => {
  expect(mark('::group::Install')).toEqual({ kind: 'group', title: 'Install' });
  expect(mark('::endgroup::')).toMatchObject({ kind: 'end' });
  expect(mark('--- Build')).toEqual({ kind: 'folded', title: 'Build' });
  expect(mark('+++ Failing tests')).toEqual({ kind: 'open', title: 'Failing tests' });
  for (const text of ['--- a/file.ts', '+++ b/file.ts', '--- /dev/null', '---', 'a --- b', '::notice::x', '']) {
    expect(mark(text), text).toBeNull();
  }
});

test('a group is open where an error stands in it, where it says so, and where the log is being written', () => {
  const marks = new Map([
    [2, { kind: 'group', title: 'a' }],
    [5, { kind: 'end', title: '' }],
    [7, { kind: 'folded', title: 'b' }],
    [9, { kind: 'open', title: 'c' }],
    [12, { kind: 'folded', title: 'd' }],
  ] as const);
  const told = (known: number) =>
    groupsOf({ marks, total: 20, known, shown: [8], running: known === 20 }).map(({ title, line, end, last, open }) => [
      ...[title, line, end, last, open],
    ]);
  expect(told(20)).toEqual([
    ['a', 2, 4, 5, false],
    ['b', 7, 8, 8, true],
    ['c', 9, 11, 11, true],
    ['d', 12, 20, 20, true],
  ]);
  // Nobody knows yet how far a group goes whose end was not looked at.
  expect(told(4)).toEqual([['a', 2, 4, 4, false]]);
});

test('rows without the lines of folded groups are counted and found as if all were listed', () => {
  const arbitrary = fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { maxLength: 12 });
  fc.assert(
    fc.property(arbitrary, fc.integer({ min: 60, max: 70 }), fc.array(fc.boolean()), (lines, total, opens) => {
      const starts = lines.sort((a, b) => a - b);
      const groups: LogGroup[] = starts.map((line, index) => {
        const end = Math.min((starts[index + 1] ?? total + 1) - 1, line + 4);
        const closes = index % 2 === 0 && end > line ? 1 : 0;
        return { line, title: '', end: end - closes, last: end, open: opens[index] === true };
      });
      // One that stands across the end of a group, or in a folded one.
      const lost = [{ from: 20, to: 29 }];
      const hidden = (line: number) =>
        (line > 20 && line < 30) ||
        groups.some(({ open, line: head, end, last }) => line > (open ? end : head) && line <= last);
      const listed = Array.from({ length: total }, (_, index) => index + 1).filter((line) => !hidden(line));
      const rows = rowsOfGroups(total, { groups, isOpen: (group) => group.open, lost });
      expect(rows.count).toBe(listed.length);
      expect(Array.from({ length: rows.count }, (_, row) => rows.lineAt(row))).toEqual(listed);
      for (let line = 0; line <= total + 1; line++) expect(rows.rowOf(line), `${line}`).toBe(listed.indexOf(line));
      expect(rows.lineAt(rows.count)).toBe(0);
    }),
  );
});

test('rows of a filter are its lines', () => {
  const rows = rowsOfLines([3, 8, 9]);
  expect([rows.count, rows.lineAt(1), rows.lineAt(3), rows.rowOf(9), rows.rowOf(4)]).toEqual([3, 8, 0, 2, -1]);
});
