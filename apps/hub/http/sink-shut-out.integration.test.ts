import { once } from 'node:events';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { systemActor } from '#server/auth/actor.ts';
import { removeSink } from '#server/sinks/remove-sink.ts';
import { revokeSink } from '#server/sinks/revoke-sink.ts';
import { bearer, openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const redisUrl = await testRedis();
const [here, elsewhere] = [
  await openTestWeb({ databaseUrl: database.url, redisUrl }),
  await openTestWeb({ databaseUrl: database.url, redisUrl }),
];
afterAll(() => Promise.all([here.close(), elsewhere.close()]));

const beat = async (web: typeof here, token: string) =>
  (await web.post('/trpc/sink.heartbeat', { slotsBusy: 0, stopping: false }, { headers: bearer(token) })).status;

type Pipeline = Awaited<ReturnType<typeof makePipeline>>;

test.each([
  ['revoked', ({ tenant, sink }: Pipeline) => revokeSink(here.services, tenant.id, systemActor, sink.id)],
  [
    'removed',
    ({ tenant, sink }: Pipeline) => removeSink(here.services, tenant.id, systemActor, { id: sink.id, force: true }),
  ],
])('a sink that is %s is cut off within a second on every hub, and nobody else is', async (_what, shutOut) => {
  const [gone, other] = [await makePipeline(database), await makePipeline(database)];
  // Both hubs know both sinks.
  for (const web of [here, elsewhere]) {
    expect([await beat(web, gone.sinkToken), await beat(web, other.sinkToken)]).toEqual([200, 200]);
  }
  const signals = [here, elsewhere].map((web) => web.services.sinkGate.signal(gone.sink.id));
  const others = [here, elsewhere].map((web) => web.services.sinkGate.signal(other.sink.id));
  const cut = Promise.all(signals.map((signal) => once(signal, 'abort', { signal: AbortSignal.timeout(1_000) })));
  await shutOut(gone);
  await cut;
  for (const web of [here, elsewhere]) {
    expect([await beat(web, gone.sinkToken), await beat(web, other.sinkToken)]).toEqual([401, 200]);
  }
  expect(others.map(({ aborted }) => aborted)).toEqual([false, false]);
});
