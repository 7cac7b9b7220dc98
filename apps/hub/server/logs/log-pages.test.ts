import { expect, test } from 'vitest';
import { outlineOf } from './chunk-source.ts';
import { chunksPerPage, openLogPages } from './log-pages.ts';
import type { StoredChunk } from './stored-chunk.ts';
import type { LogState, StoredLog } from './stored-log.ts';

const at = new Date(0);
const running: LogState = {
  attempt: 1,
  finishedAt: null,
  announcedSeq: 0,
  lost: false,
  archived: false,
  forgotten: false,
};
const finished = (announcedSeq: number): LogState => ({
  attempt: 1,
  finishedAt: at,
  announcedSeq,
  lost: false,
  archived: false,
  forgotten: false,
});

/** A log in memory, with the chunks that a test puts there. */
function logOf(chunks: [seq: number, body: string, channel?: StoredChunk['channel']][]) {
  const stored = chunks.map(
    ([seq, body, channel = 'stdout']): StoredChunk => ({ seq, channel, at, body: Buffer.from(body) }),
  );
  const log: StoredLog = {
    after: async (seq, limit) => stored.filter((chunk) => chunk.seq > seq).slice(0, limit),
    outline: async () => stored.map(outlineOf),
    openBefore: async (seq) => stored.filter((chunk) => chunk.seq <= seq),
  };
  return {
    log,
    add: (seq: number, body: string) => stored.push({ seq, channel: 'stdout', at, body: Buffer.from(body) }),
  };
}

const texts = ({ entries }: { entries: { text: string }[] }) => entries.map(({ text }) => text);

test('a running log is read as far as it goes, and then on from there', async () => {
  const { log, add } = logOf([[1, 'a\n']]);
  const pages = openLogPages(log, { attempt: 1, after: 0 });
  expect(await pages.next(running)).toMatchObject({ entries: [{ text: 'a' }], lastSeq: 1, complete: false });
  expect(await pages.next(running)).toMatchObject({ entries: [], lastSeq: 1, complete: false });
  add(2, 'b\n');
  expect(await pages.next(running)).toMatchObject({ entries: [{ text: 'b' }], lastSeq: 2, complete: false });
});

test('a finished log is complete with its last page, which gives the unended last line once', async () => {
  const { log } = logOf([[1, 'a\nrest']]);
  const last = await openLogPages(log, { attempt: 1, after: 0 }).next(finished(1));
  expect(last).toMatchObject({ lastSeq: 2, complete: true });
  expect(texts(last)).toEqual(['a', 'rest']);
  expect(await openLogPages(log, { attempt: 1, after: last.lastSeq }).next(finished(1))).toMatchObject({
    entries: [],
    lastSeq: 2,
    complete: true,
  });
});

test('an unended line that was held back while the log ran is given when it turns out to be the last', async () => {
  const { log } = logOf([[1, 'prompt: ']]);
  const live = await openLogPages(log, { attempt: 1, after: 0 }).next(running);
  expect(live).toMatchObject({ entries: [], lastSeq: 1 });
  expect(texts(await openLogPages(log, { attempt: 1, after: live.lastSeq }).next(finished(1)))).toEqual(['prompt: ']);
});

test('a line that was begun before the place where the reader goes on is given whole', async () => {
  const { log } = logOf([
    [1, 'a\nbe'],
    [2, 'gun'],
    [3, ' before\n'],
  ]);
  const page = await openLogPages(log, { attempt: 1, after: 2 }).next(finished(3));
  expect(page.entries).toMatchObject([{ text: 'begun before', seq: 3 }]);
});

test('pages of any size make up the same lines', async () => {
  const chunks = Array.from(
    { length: chunksPerPage * 2 + 7 },
    (_, i) => [i + 1, `${i},${i % 3 === 0 ? '\n' : ''}`] as [number, string],
  );
  const { log } = logOf(chunks);
  const whole: string[] = [];
  const pages = openLogPages(log, { attempt: 1, after: 0 });
  for (;;) {
    const page = await pages.next(finished(chunks.length));
    whole.push(...texts(page));
    if (page.complete) break;
    expect(page.more).toBe(true);
  }
  const inPieces: string[] = [];
  for (let after = 0, complete = false; !complete; ) {
    const page = await openLogPages(log, { attempt: 1, after }).next(finished(chunks.length));
    inPieces.push(...texts(page));
    ({ lastSeq: after, complete } = page);
  }
  expect(inPieces).toEqual(whole);
  expect(whole.join('')).toBe(chunks.map(([, text]) => text.replace('\n', '')).join(''));
});

test('while the log runs, nothing is given from behind a gap: the missing chunk may still come', async () => {
  const { log, add } = logOf([
    [1, 'a\n'],
    [3, 'c\n'],
  ]);
  const pages = openLogPages(log, { attempt: 1, after: 0 });
  expect(await pages.next(running)).toMatchObject({ entries: [{ text: 'a' }], lastSeq: 1, more: false });
  log.after = logOf([
    [2, 'b\n'],
    [3, 'c\n'],
  ]).log.after;
  add(2, '');
  expect(texts(await pages.next(running))).toEqual(['b', 'c']);
});

test('once the log is finished, its gaps are said', async () => {
  const { log } = logOf([
    [1, 'a\n'],
    [4, 'd\n'],
  ]);
  const page = await openLogPages(log, { attempt: 1, after: 0 }).next(finished(6));
  expect(texts(page)).toEqual([
    'a',
    'Chunks 2 to 3 of this log did not reach the hub.',
    'd',
    'Chunks 5 to 6 of this log did not reach the hub.',
  ]);
  expect(page.entries.map(({ line }) => line)).toEqual([1, 2, 3, 4]);
  expect(page).toMatchObject({ lastSeq: 7, complete: true });
});

test('a reader that goes on behind a gap numbers the lines as one that reads everything', async () => {
  const { log } = logOf([
    [1, 'a\nb\n'],
    [4, 'd\n'],
    [5, 'e\nrest'],
  ]);
  const read = async (after: number) => (await openLogPages(log, { attempt: 1, after }).next(finished(7))).entries;
  const whole = await read(0);
  expect(whole.map(({ line }) => line)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(await read(1)).toEqual(whole.slice(2));
  expect(await read(4)).toEqual(whole.slice(4));
  expect(await read(5)).toEqual(whole.slice(5));
});

test('an attempt that wrote nothing has an empty, complete log', async () => {
  const { log } = logOf([]);
  expect(await openLogPages(log, { attempt: 1, after: 0 }).next(finished(0))).toMatchObject({
    entries: [],
    complete: true,
  });
});

test('the log of an attempt whose sink was lost says where it ends, once', async () => {
  const { log } = logOf([[1, 'a\nrest']]);
  const state = { ...finished(0), lost: true };
  const page = await openLogPages(log, { attempt: 1, after: 0 }).next(state);
  expect(page.entries.map(({ line, text }) => [line, text])).toEqual([
    [1, 'a'],
    [2, 'rest'],
    [3, 'Lines from 3 on are lost, if there were any: the agent died or was cut off.'],
  ]);
  expect((await openLogPages(log, { attempt: 1, after: page.lastSeq }).next(state)).entries).toEqual([]);
});
