import { idToBytes } from '@nexomatic/contracts/id';
import type { FoundInLog, LogLines } from '@nexomatic/contracts/log-api';
import type { LogEncoding } from '@nexomatic/db/entities/log-chunk';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { plainBody } from '#server/logs/chunk-body.ts';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { acceptOne, sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const { services } = web;
const pipeline = await makePipeline(database);

async function ask<T>(path: string): Promise<{ status: number; body: T }> {
  const response = await web.get(`/api/v1/events/${path}`, { headers: bearer(pipeline.apiToken) });
  return { status: response.status, body: (await response.json()) as T };
}
const lines = (id: string, query = '') => ask<LogLines>(`${id}/log-lines?${query}`);
const find = (id: string, query: Record<string, string>) =>
  ask<FoundInLog>(`${id}/log-search?${new URLSearchParams(query)}`);

const record = (level: string, message: string, fields?: object): string =>
  `${JSON.stringify({ at: 1_700_000_000_000, level, message, ...(fields ? { fields } : {}) })}\n`;
const numbers = ({ entries }: { entries: { line: number }[] }) => entries.map(({ line }) => line);

/** 3,000 lines of output in chunks that cut lines, an error as line 1,501, and a last line that never ends. */
async function longLog() {
  const id = await acceptOne(services, pipeline);
  const hand = sinkHand(services, sinkOf(pipeline), id);
  await hand.claim();
  const output = Array.from({ length: 3_000 }, (_, n) => `output ${n + 1}\n`);
  const first = output.slice(0, 1_500).join('');
  const second = output.slice(1_500).join('');
  await hand.log('stdout', first.slice(0, 5_005));
  await hand.log('stdout', first.slice(5_005));
  await hand.log('record', record('error', 'it broke', { code: 42 }));
  await hand.log('stdout', second.slice(0, 7_007));
  await hand.log('stdout', `${second.slice(7_007)}never ended`);
  return { id, hand };
}

describe('the lines of a log', () => {
  test('are answered by number from both sides, around one, at both ends and around the first error', async () => {
    const { id, hand } = await longLog();
    await hand.end('SUCCESS');
    const from = (await lines(id, 'from=2001&limit=3')).body;
    expect(from).toMatchObject({ attempt: 1, total: 3_002, error: 1_501, complete: true });
    expect(from.entries.map(({ line, text }) => [line, text])).toEqual([
      [2_001, 'output 2000'],
      [2_002, 'output 2001'],
      [2_003, 'output 2002'],
    ]);
    expect(numbers((await lines(id, 'to=10&limit=4')).body)).toEqual([7, 8, 9, 10]);
    expect(numbers((await lines(id, 'around=500&limit=3')).body)).toEqual([499, 500, 501]);
    expect(numbers((await lines(id, 'limit=2')).body)).toEqual([1, 2]);
    expect((await lines(id, 'at=end&limit=2')).body.entries).toMatchObject([
      { line: 3_001, text: 'output 3000' },
      { line: 3_002, text: 'never ended' },
    ]);
    expect((await lines(id, 'at=error&limit=3')).body.entries).toMatchObject([
      { line: 1_500 },
      { line: 1_501, level: 'error', text: 'it broke' },
      { line: 1_502 },
    ]);
    expect((await lines(id, 'errorAfter=1501&limit=1')).body.error).toBeNull();
    expect((await lines(id, 'from=4000')).body.entries).toEqual([]);
  });

  test('keep their numbers: page by page they are what the whole log is', async () => {
    const { id, hand } = await longLog();
    const live = (await lines(id, 'at=end&limit=2')).body;
    expect(live).toMatchObject({ total: 3_001, complete: false, position: '1:5' });
    await hand.end('SUCCESS');
    expect((await lines(id, 'from=3000&limit=2')).body.entries).toEqual(live.entries);
    const { body: whole } = await ask<LogLines>(`${id}/logs`);
    const paged: LogLines['entries'] = [];
    for (let at = 1; at <= 3_002; at += 1_000) paged.push(...(await lines(id, `from=${at}`)).body.entries);
    expect(paged).toEqual(whole.entries);
  });

  test('are found by the chunk in which they begin and the line feeds before them there', async () => {
    const { id, hand } = await longLog();
    await hand.end('SUCCESS');
    const { body: whole } = await ask<LogLines>(`${id}/logs`);
    const numberAt = async (place: string) => (await lines(id, `limit=1&place=${place}`)).body.asked;
    const textAt = async (place: string) => {
      const number = await numberAt(place);
      return whole.entries.find(({ line }) => line === number)?.text;
    };
    expect(await textAt('1.0')).toBe('output 1');
    expect(await textAt('1.9')).toBe('output 10');
    // The line that the border of chunks 1 and 2 cuts, and the next one.
    const cut = whole.entries.find(({ seq }) => seq === 2)?.line ?? 0;
    expect(await numberAt(`1.${cut - 1}`)).toBe(cut);
    expect(await textAt('2.1')).toBe(`output ${cut + 1}`);
    expect(await textAt('3.0')).toBe('it broke');
    expect(await numberAt('9.0')).toBeNull();
  });

  test('that an earlier hub stored without counting them are counted by the database', async () => {
    const { id, hand } = await longLog();
    await hand.end('SUCCESS');
    const before = (await lines(id, 'at=error&limit=5')).body;
    const rows = await services.sql.query<{ seq: number; body: Buffer; encoding: LogEncoding }>(
      'SELECT seq, body, encoding FROM log_chunks WHERE event_id = ?',
      [idToBytes(id)],
    );
    for (const row of rows) {
      await services.sql.run(
        'UPDATE log_chunks SET body = ?, encoding = NULL, line_count = NULL, error_count = NULL WHERE event_id = ? AND seq = ?',
        [plainBody(row), idToBytes(id), row.seq],
      );
    }
    expect((await lines(id, 'at=error&limit=5')).body).toEqual(before);
  });

  test.each(['from=0', 'limit=1001', 'at=middle', 'around=x'])(
    'asked for with %s are refused with 400',
    async (query) => {
      expect((await lines(await acceptOne(services, pipeline), query)).status).toBe(400);
    },
  );
});

describe('finding text in a log', () => {
  test('looks at all lines and their fields, with or without capitals, as text or as an expression', async () => {
    const { id, hand } = await longLog();
    await hand.end('SUCCESS');
    expect((await find(id, { text: 'OUTPUT 299' })).body).toMatchObject({
      lines: [299, ...Array.from({ length: 10 }, (_, n) => 2_991 + n)],
      next: null,
      total: 3_002,
    });
    expect((await find(id, { text: 'OUTPUT 299', case: 'true' })).body.lines).toEqual([]);
    expect((await find(id, { text: 'code=42' })).body.lines).toEqual([1_501]);
    expect((await find(id, { text: '^output 1?000$', regex: 'true' })).body.lines).toEqual([1_000]);
    expect((await find(id, { kinds: 'error', entries: 'true' })).body.entries).toMatchObject([{ text: 'it broke' }]);
  });

  test('goes on where an answer ended', async () => {
    const { id, hand } = await longLog();
    await hand.end('SUCCESS');
    const first = (await find(id, { text: 'output 10', limit: '2' })).body;
    expect(first).toMatchObject({ lines: [10, 100], next: 101 });
    expect((await find(id, { text: 'output 10', limit: '2', from: '101' })).body.lines).toEqual([101, 102]);
  });

  test('reads text as it is seen: without colours', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sinkOf(pipeline), id);
    await hand.claim();
    await hand.log('stdout', 'con\x1b[31mnec\x1b[0mted\n');
    expect((await find(id, { text: 'connected' })).body.lines).toEqual([1]);
  });

  test('takes an expression that would take other engines for ever, and refuses one that is none', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sinkOf(pipeline), id);
    await hand.claim();
    await hand.log('stdout', `${'a'.repeat(40)}!\n`);
    expect((await find(id, { text: '^(a+)+$', regex: 'true' })).body.lines).toEqual([]);
    const refused = await find(id, { text: '(', regex: 'true' });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: 'text' }] } });
    expect((await find(id, { text: '(?=a)', regex: 'true' })).status).toBe(400);
  });
});
