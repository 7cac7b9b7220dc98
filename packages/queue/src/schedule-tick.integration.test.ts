import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, expect, test } from 'vitest';
import { connectRedis } from './connection.ts';
import { openScheduleTick } from './schedule-tick.ts';

const server = await startPrivateRedis();
const redis = connectRedis(server.url, { role: 'test', logger: silentLogger });
const ticks = { first: 0, second: 0 };
const open = (name: keyof typeof ticks) =>
  openScheduleTick({
    redisUrl: server.url,
    logger: silentLogger,
    now: systemClock.now,
    async onTick() {
      ticks[name] += 1;
    },
  });
const [first, second] = [open('first'), open('second')];
afterAll(async () => {
  await Promise.all([first.close(), second.close()]);
  redis.disconnect();
  await server.discard();
});

const more = (from: number) => () => ticks.first + ticks.second >= from + 2;

test('one scheduler ticks every second for all hubs, however many make sure of it', async () => {
  await waitFor(() => first.ensure(), { what: 'the scheduler to be made' });
  await waitFor(async () => (await second.ensure()) === false, { what: 'the other hub to find it' });
  expect([await second.ensure(), await first.ensure()]).toEqual([false, false]);
  const [begun, from] = [systemClock.monotonic(), ticks.first + ticks.second];
  await waitFor(() => ticks.first + ticks.second >= from + 4, { what: 'four ticks' });
  // Four ticks are at least three whole seconds, whoever heard them.
  expect(systemClock.monotonic() - begun).toBeGreaterThan(2_900);
});

test('is made again where Redis has lost it, or where it has stopped', async () => {
  await redis.flushall();
  expect(await first.ensure()).toBe(true);
  await waitFor(more(ticks.first + ticks.second), { what: 'ticks after Redis was flushed' });
  // Its next job is gone, as after an old copy was restored.
  const [hash] = await redis.keys('{nx:hub}:schedules:repeat:tick');
  await redis.hset(hash ?? '', 'next', systemClock.now() - 60_000);
  for (const key of await redis.keys('{nx:hub}:schedules:repeat:tick:*')) await redis.del(key);
  await redis.del('{nx:hub}:schedules:delayed');
  await waitFor(() => first.ensure(), { what: 'a scheduler that has stopped to be made again', timeoutMs: 60_000 });
  await waitFor(more(ticks.first + ticks.second), { what: 'ticks of the new one' });
});
