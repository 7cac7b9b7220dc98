import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { acceptOne, sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const headers = bearer(pipeline.apiToken);
const id = await acceptOne(web.services, pipeline);
const hand = sinkHand(web.services, sinkOf(pipeline), id);
await hand.claim();
await hand.log('stdout', 'one\ntwo\nthree\n');

async function get(path: string, query: Record<string, string>) {
  const response = await web.get(`/api/v1/logs${path}?${new URLSearchParams(query)}`, { headers });
  return { status: response.status, answer: await response.json() };
}

test('records are found by a query, page by page, each with the place that its lines are read by', async () => {
  const { answer } = await get('', { q: `type:${pipeline.eventType.name} t`, limit: '1' });
  expect(answer).toMatchObject({ records: [{ text: 'three', event: id, seq: 1, line: 2 }], searchedTo: null });
  const { event, attempt, seq, line } = answer.records[0];
  const next = await get('', { q: 't', limit: '1', cursor: answer.nextCursor });
  expect(next.answer).toMatchObject({ records: [{ text: 'two' }], nextCursor: null });
  const around = await get('/around', { event, attempt: `${attempt}`, seq: `${seq}`, line: `${line}` });
  expect(around.answer.lines.map(({ text, here }: { text: string; here: boolean }) => [text, here])).toEqual([
    ['one', false],
    ['two', false],
    ['three', true],
  ]);
});

test('the histogram wants a range and counts in it', async () => {
  expect((await get('/histogram', {})).status).toBe(400);
  const now = web.services.clock.now();
  const range = { since: new Date(now - 3_600_000).toISOString(), until: new Date(now + 60_000).toISOString() };
  const { answer } = await get('/histogram', { ...range, q: '-two' });
  expect(answer.bars.map(({ counts }: { counts: object }) => counts)).toEqual([
    { none: 2, debug: 0, info: 0, warn: 0, error: 0 },
  ]);
});

test('a query that can not be read is refused with its place', async () => {
  const { status, answer } = await get('', { q: 'levle:error' });
  expect(status).toBe(400);
  expect(answer.errors).toEqual([
    { path: 'q', message: expect.stringContaining('At character 1: There is no key levle') },
  ]);
});
