import type { LogEntry } from '@nexomatic/contracts/log-api';
import { expect, test } from 'vitest';
import { addEntries, emptyLog, lineText } from './to-lines.ts';

const entry = (text: string, more: Partial<LogEntry> = {}): LogEntry => ({
  attempt: 1,
  seq: 1,
  line: 1,
  at: '2026-11-24T12:00:00.000Z',
  channel: 'stdout',
  level: null,
  text,
  fields: null,
  ...more,
});

test('lines are numbered across channels and across pieces that arrive later', () => {
  const first = addEntries(emptyLog, [entry('one\ntwo\n'), entry('three', { channel: 'stderr' })]);
  const second = addEntries(first, [entry('four', { channel: 'record', level: 'info' })]);
  expect(second.lines.map((line) => [line.number, lineText(line)])).toEqual([
    [1, 'one'],
    [2, 'two'],
    [3, 'three'],
    [4, 'four'],
  ]);
  expect(second.lines[0]).toBe(first.lines[0]);
});

test('a colour left on runs on in its own stream only', () => {
  const log = addEntries(emptyLog, [
    entry('\x1b[31mred'),
    entry('plain', { channel: 'stderr' }),
    entry('record', { channel: 'record' }),
    entry('still red\x1b[0m'),
    entry('plain again'),
  ]);
  expect(log.lines.map((line) => line.spans[0]?.className)).toEqual(['ansi-fg-1', '', '', 'ansi-fg-1', '']);
});

test('an empty line stays a line', () => {
  expect(addEntries(emptyLog, [entry('a\n\nb')]).lines.map(lineText)).toEqual(['a', '', 'b']);
  expect(addEntries(emptyLog, [entry('')]).lines.map(lineText)).toEqual(['']);
});

test('fields belong to the first line of their record', () => {
  const log = addEntries(emptyLog, [
    entry('a\nb', { channel: 'record', fields: { count: 3 } }),
    entry('c', { fields: {} }),
  ]);
  expect(log.lines.map((line) => line.fields)).toEqual([{ count: 3 }, null, null]);
});
