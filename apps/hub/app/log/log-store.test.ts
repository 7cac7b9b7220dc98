import type { LogEntry, LogLines } from '@nexomatic/contracts/log-api';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLogStore, pageLines } from './log-store.ts';
import { textOf } from './to-line.ts';

const entry = (line: number, text: string, more: Partial<LogEntry> = {}): LogEntry => ({
  ...{
    attempt: 1,
    seq: line,
    line,
    at: '2026-11-24T12:00:00.000Z',
    channel: 'stdout',
    level: null,
    text,
    fields: null,
  },
  ...more,
});

/** A log of so many lines that is read by pages; at most `most` lines an answer. */
function logOf(total: number, most = pageLines) {
  const asked: number[] = [];
  const store = createLogStore(async (from): Promise<LogLines> => {
    asked.push(from);
    const count = Math.max(0, Math.min(most, total - from + 1));
    const entries = Array.from({ length: count }, (_, index) => entry(from + index, `line ${from + index}`));
    return {
      attempt: 1,
      total,
      error: null,
      asked: null,
      complete: true,
      archived: false,
      lost: [],
      position: '1:1',
      entries,
    };
  });
  store.set({ total });
  return { store, asked };
}

test('only the pages that are looked at are read, each once', async () => {
  const { store, asked } = logOf(1_000_000);
  await Promise.all([store.ensure(500_400, 500_420), store.ensure(500_410, 500_430)]);
  await store.ensure(500_999, 501_001);
  expect(asked).toEqual([500_001, 501_001]);
  expect(textOf(store.line(500_500) ?? expect.fail('not read'))).toBe('line 500500');
  expect(store.line(499_999)).toBeUndefined();
  expect(store.readTo()).toBe(0);
});

test('a page of very long lines is read in as many answers as it takes', async () => {
  const { store, asked } = logOf(1_500, 400);
  await store.ensure(1, 1_500);
  expect(asked.sort((a, b) => a - b)).toEqual([1, 401, 801, 1_001, 1_401]);
  expect(store.readTo()).toBe(1_500);
});

test('of a log that is scrolled through from end to end only some pages are kept', async () => {
  const { store } = logOf(100_000);
  for (let line = 1; line < 100_000; line += pageLines) await store.ensure(line, line);
  expect(store.line(1)).toBeUndefined();
  expect(store.line(99_500)).toBeDefined();
});

test('lines that come twice are there once, and lines that come live are counted', () => {
  const { store } = logOf(0);
  store.put([entry(1, 'a'), entry(2, 'b')]);
  const first = store.line(1);
  store.put([entry(1, 'a'), entry(3, 'c', { channel: 'record', level: 'error' })]);
  expect(store.line(1)).toBe(first);
  expect(store.state()).toMatchObject({ total: 3, errors: [3] });
});

test('a colour left on runs on in its own stream only', () => {
  const { store } = logOf(0);
  store.put([
    entry(1, '\x1b[31mred'),
    entry(2, 'plain', { channel: 'stderr' }),
    entry(3, 'record', { channel: 'record', level: 'info' }),
  ]);
  store.put([entry(4, 'still red\x1b[0m'), entry(5, 'plain again')]);
  const classes = [1, 2, 3, 4, 5].map((number) => store.line(number)?.spans[0]?.className);
  expect(classes).toEqual(['ansi-fg-1', '', '', 'ansi-fg-1', '']);
});

test('whatever a module prints becomes text without control characters, and no class name of its own', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(
      '\x1b[',
      '\x1b]52;c;aGk=\x07',
      '\x1b]8;;javascript:alert(1)\x07',
      '38;5;',
      'm',
      '\r',
      '\n',
      '\x00',
      '\x9b',
    ),
  );
  fc.assert(
    fc.property(fc.array(fc.array(piece), { maxLength: 5 }), (lines) => {
      const { store } = logOf(0);
      store.put(lines.map((parts, index) => entry(index + 1, parts.join(''))));
      for (const number of lines.keys()) {
        for (const span of store.line(number + 1)?.spans ?? []) {
          // biome-ignore lint/suspicious/noControlCharactersInRegex: looking for control characters is the test
          expect(span.text).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/);
          expect(span.className).toMatch(/^(ansi-(fg-\d{1,2}|bg-\d{1,2}|bold|dim|italic|underline|strike) ?)*$/);
        }
      }
    }),
  );
});

test('lines that were lost count as there, with the mark in their place', async () => {
  const { store, asked } = logOf(0);
  const mark = entry(3, 'Lines 3–1,900 are lost', { channel: 'record', level: 'warn', mark: 'lost', through: 1_900 });
  store.put([entry(1, 'a'), entry(2, 'b'), mark, entry(1_901, 'c')]);
  expect([store.state().total, store.readTo()]).toEqual([1_901, 1_901]);
  await store.ensure(1, 1_901);
  expect(asked).toEqual([]);
  expect(store.line(3)?.note).toBe('lost');
});
