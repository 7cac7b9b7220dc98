import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { outlineOf } from './chunk-source.ts';
import { openLogIndex } from './log-index.ts';
import { openLogPages } from './log-pages.ts';
import type { StoredChunk } from './stored-chunk.ts';
import type { LogState, StoredLog } from './stored-log.ts';

const at = new Date(0);
type Piece = [channel: LogChannel, body: string];

/** Chunks as an agent numbers them. */
function chunksOf(pieces: readonly Piece[]): StoredChunk[] {
  const last = new Map<LogChannel, { seq: number; ended: boolean }>();
  let before = 0;
  return pieces.map(([channel, body], i) => {
    const seq = i + 1;
    const open = last.get(channel);
    const place = { before, continues: open?.ended === false ? open.seq : 0 };
    last.set(channel, { seq, ended: body.endsWith('\n') });
    before += body.split('\n').length - 1;
    return { seq, channel, at, body: Buffer.from(body), place };
  });
}

/** Every line of a log, and the chunks that it is made of. */
function linesOf(pieces: readonly Piece[]): { text: string; seqs: number[]; ended: boolean }[] {
  const lines: { text: string; seqs: number[]; ended: boolean }[] = [];
  const open = new Map<LogChannel, { text: string; seqs: number[] }>();
  for (const [i, [channel, body]] of pieces.entries()) {
    const parts = body.split('\n');
    for (const [n, part] of parts.entries()) {
      const line = open.get(channel) ?? { text: '', seqs: [] };
      const longer = { text: line.text + part, seqs: [...line.seqs, i + 1] };
      const isLast = n === parts.length - 1;
      if (!isLast) lines.push({ ...longer, ended: true });
      if (isLast && (part !== '' || line.text !== '')) open.set(channel, part === '' ? line : longer);
      else open.delete(channel);
    }
  }
  return [...lines, ...[...open.values()].map((line) => ({ ...line, ended: false }))];
}

const logOf = (chunks: StoredChunk[]): StoredLog => ({
  after: async (seq, limit) => chunks.filter((chunk) => chunk.seq > seq).slice(0, limit),
  outline: async () => chunks.map(outlineOf),
  openBefore: async (seq) => chunks.filter((chunk) => chunk.seq <= seq),
});

const stateOf = (pieces: readonly Piece[], more: Partial<LogState> = {}): LogState => ({
  ...{ attempt: 1, finishedAt: at, lost: false, archived: false, forgotten: false },
  announcedSeq: pieces.length,
  announcedLines: pieces.reduce((sum, [, body]) => sum + body.split('\n').length - 1, 0),
  ...more,
});

const read = async (chunks: StoredChunk[], state: LogState, after = 0) =>
  (await openLogPages(logOf(chunks), { attempt: 1, after }).next(state)).entries;

const anyLog = fc
  .array(
    fc.tuple(
      fc.constantFrom<LogChannel>('stdout', 'stderr'),
      fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\n'), minLength: 1, maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .chain((pieces) => fc.tuple(fc.constant(pieces), fc.subarray(pieces.map((_, i) => i + 1))));

test('whatever chunks are lost, lines that are there keep their numbers and texts, and marks name exactly the others', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, async ([pieces, kept]) => {
      const isKept = (seq: number) => kept.includes(seq);
      const entries = await read(
        chunksOf(pieces).filter(({ seq }) => isKept(seq)),
        stateOf(pieces),
      );
      const lost = entries.filter(({ mark }) => mark === 'lost');
      const named = new Set(
        lost.flatMap(({ line, through = line }) => Array.from({ length: through - line + 1 }, (_, n) => line + n)),
      );
      const lines = linesOf(pieces);
      for (const [i, { text, seqs, ended }] of lines.entries()) {
        if (!ended) {
          if (seqs.every(isKept)) expect(entries.some((entry) => !entry.mark && entry.text === text)).toBe(true);
          continue;
        }
        const entry = entries.find(({ line, mark }) => line === i + 1 && mark !== 'lost');
        if (seqs.every(isKept)) expect(entry).toMatchObject({ line: i + 1, text });
        else expect(named.has(i + 1) || entry?.partial === true).toBe(true);
        expect(entry?.partial === true).toBe(!seqs.every(isKept) && !named.has(i + 1));
        expect(named.has(i + 1) && entry !== undefined).toBe(false);
      }
      const whole = lines.filter(({ ended, seqs }) => ended && seqs.every(isKept)).length;
      const partial = entries.filter((entry) => entry.partial && entry.line <= lines.filter((one) => one.ended).length);
      expect(whole + named.size + partial.length).toBe(lines.filter(({ ended }) => ended).length);
      // Something lost is never passed over in silence.
      if (kept.length < pieces.length) expect(entries.some(({ mark, partial: part }) => mark || part)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a reader that begins anywhere, and one that goes by numbers, see the same lines and marks as one that reads all', async () => {
  await fc.assert(
    fc.asyncProperty(anyLog, fc.nat(), async ([pieces, kept], from) => {
      const chunks = chunksOf(pieces).filter(({ seq }) => kept.includes(seq));
      const state = stateOf(pieces);
      const whole = await read(chunks, state);
      const index = await openLogIndex(logOf(chunks), state);
      const last = whole.at(-1);
      expect(index.total).toBe(last?.through ?? last?.line ?? 0);
      const first = whole[from % Math.max(1, whole.length)]?.line ?? 1;
      const seen = [];
      for await (const page of index.from(first, 2)) seen.push(...page);
      expect(seen.filter(({ line }) => line >= first)).toEqual(whole.filter(({ line }) => line >= first));
      for (const { from: line, to } of index.lost)
        expect(whole).toContainEqual(expect.objectContaining({ line, through: to }));
    }),
    { numRuns: 500 },
  );
});

test('lost lines are named by their numbers, and the line behind them has the next one', async () => {
  const pieces: Piece[] = [
    ['stdout', 'one\ntwo\n'],
    ['stdout', 'three\nfour\nfi'],
    ['stdout', 've\nsix\n'],
  ];
  const chunks = chunksOf(pieces);
  const shown = async (kept: StoredChunk[], more: Partial<LogState> = {}) =>
    (await read(kept, stateOf(pieces, more))).map(({ line, text }) => `${line} ${text}`);
  expect(await shown(chunks.filter(({ seq }) => seq !== 2))).toEqual([
    '1 one',
    '2 two',
    '3 Lines 3–4 lost: they did not reach the hub.',
    '5 … ve',
    '6 six',
  ]);
  expect(await shown(chunks.slice(0, 2))).toEqual([
    ...['1 one', '2 two', '3 three', '4 four'],
    '5 Lines 5–6 lost: they did not reach the hub. Before them a line had begun: “fi”.',
    '7 fi',
  ]);
  expect(await shown(chunks.slice(2), { forgotten: true })).toEqual([
    '1 Lines 1–4 are no longer kept.',
    '5 … ve',
    '6 six',
  ]);
});

test('a mark stands in place of the lines that its agent dropped, or is a line of its own where none was lost whole', async () => {
  const record = `${JSON.stringify({ at: 0, level: 'warn', message: '9 bytes of log were dropped here: full.' })}\n`;
  const mark = (seq: number, before: number, lines: number): StoredChunk => ({
    ...{ seq, channel: 'record', at, body: Buffer.from(record), place: { before, continues: 0 } },
    lost: { lines, why: 'the log was full', goesOn: false },
  });
  const line = (seq: number, before: number, body: string): StoredChunk => ({
    ...{ seq, channel: 'stdout', at, body: Buffer.from(body), place: { before, continues: 0 } },
  });
  const state = { ...stateOf([]), announcedSeq: 5, announcedLines: 34 };
  const log = [line(1, 0, 'one\n'), mark(2, 1, 29), line(3, 30, 'a\n'), mark(4, 31, 0), line(5, 32, 'b\nc\n')];
  expect((await read(log, state)).map(({ line: n, through, text, mark: kind }) => [n, through, text, kind])).toEqual([
    [1, undefined, 'one', undefined],
    [2, 30, 'Lines 2–30 lost: the log was full.', 'lost'],
    [31, undefined, 'a', undefined],
    [32, undefined, '9 bytes of log were dropped here: full.', 'words'],
    [33, undefined, 'b', undefined],
    [34, undefined, 'c', undefined],
  ]);
  expect(await read(log, state, 3)).toEqual((await read(log, state)).slice(3));
});
