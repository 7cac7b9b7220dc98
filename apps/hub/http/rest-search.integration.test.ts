import type { ListedEvents } from '@nexomatic/contracts/event-api';
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
const waiting = await acceptOne(web.services, pipeline);
const running = await acceptOne(web.services, pipeline);
await sinkHand(web.services, sinkOf(pipeline), running).claim();

async function list(query: Record<string, string>) {
  const response = await web.get(`/api/v1/events?${new URLSearchParams(query)}`, { headers });
  return {
    status: response.status,
    answer: (await response.json()) as ListedEvents & { code?: string; errors?: object[] },
  };
}

test('the list takes a query beside its parameters', async () => {
  const { answer } = await list({ q: 'state:(queued,running)', sink: pipeline.sink.name });
  expect(answer.events.map(({ id }) => id)).toEqual([running]);
  expect(answer).toMatchObject({ nextCursor: null, searchedTo: null, hint: null });
});

test('the list tells why events wait only when it is asked to', async () => {
  const [plain] = (await list({ q: `id:${waiting}` })).answer.events;
  expect(plain).not.toHaveProperty('waiting');
  const { answer } = await list({ include: 'waiting' });
  expect(answer.events.map((event) => [event.id, event.waiting])).toEqual([
    [running, null],
    [
      waiting,
      {
        code: 'no_sink_online',
        sentence: `No ${pipeline.sinkType.name} sink is online: ${pipeline.sink.name} is offline.`,
        since: null,
        until: null,
        about: { id: pipeline.sinkType.id, name: pipeline.sinkType.name },
      },
    ],
  ]);
});

test('a query that can not be read is answered 400 with the place of the fault', async () => {
  const { status, answer } = await list({ q: 'state:lost' });
  expect(status).toBe(400);
  expect(answer).toMatchObject({
    code: 'bad_request',
    errors: [{ path: 'q', message: expect.stringMatching(/^At character 7: There is no lost here/) }],
  });
});

test('a query that is too long is refused by its parameter', async () => {
  expect(await list({ q: 'x'.repeat(2_001) })).toMatchObject({ status: 400, answer: { errors: [{ path: 'q' }] } });
});
