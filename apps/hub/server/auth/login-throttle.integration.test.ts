import { randomUUID } from 'node:crypto';
import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, test } from 'vitest';
import { createLoginThrottle } from './login-throttle.ts';

const redisUrl = await testRedis();
const connect = (url = redisUrl) => connectRedis(url, { role: 'test', logger: silentLogger, commandTimeoutMs: 1_000 });
const redis = connect();
/** Nothing listens there. */
const away = connect('redis://127.0.0.1:1');
const ready = (connection: typeof redis) =>
  waitFor(() => connection.status === 'ready', { what: 'the connection to Redis' });
await ready(redis);
afterAll(() => {
  redis.disconnect();
  away.disconnect();
});

const account = () => `${randomUUID()}@example.test`;
const address = () => `10.0.0.${Math.floor(Math.random() * 250)}-${randomUUID()}`;
const limits = { freeGuesses: 5, perAddress: 50, windowSeconds: 900, firstDelaySeconds: 30 };

describe.each([
  ['in Redis', redis],
  ['in memory, while Redis is away', away],
])('counting %s', (_where, connection) => {
  const throttle = createLoginThrottle(connection, limits);
  const guesses = async (number: number, who: string, from: () => string = address) => {
    const waits: (number | null)[] = [];
    for (let n = 0; n < number; n++) waits.push(await throttle.guess(who, from()));
    return waits;
  };

  test('five guesses are free, one more is checked, and then half a minute is to be waited', async () => {
    const who = account();
    expect(await guesses(6, who)).toEqual([null, null, null, null, null, null]);
    const [wait] = await guesses(1, who);
    expect(wait).toBeGreaterThanOrEqual(29);
    expect(wait).toBeLessThanOrEqual(30);
    expect(await throttle.guess(account(), address())).toBeNull();
  });

  test('a thousand guesses at once are checked six times', async () => {
    const who = account();
    const waits = await Promise.all(Array.from({ length: 1_000 }, () => throttle.guess(who, address())));
    expect(waits.filter((wait) => wait === null)).toHaveLength(6);
  });

  test('an address may guess fifty times, at whatever accounts', async () => {
    const from = address();
    const waits = await Promise.all(Array.from({ length: 60 }, () => throttle.guess(account(), from)));
    expect(waits.filter((wait) => wait === null)).toHaveLength(50);
    expect(Math.max(...waits.map((wait) => wait ?? 0))).toBeGreaterThan(890);
    expect(await throttle.guess(account(), address())).toBeNull();
  });

  test('the right password lets the account begin anew, and costs the address nothing', async () => {
    const [who, from] = [account(), address()];
    for (let n = 0; n < 100; n++) {
      expect(await throttle.guess(who, from)).toBeNull();
      await throttle.wasRight(who, from);
    }
  });
});

test('each further guess doubles the waiting, up to the window, and waiting itself costs nothing', async () => {
  const throttle = createLoginThrottle(redis, limits);
  const who = account();
  for (let n = 0; n < 5; n++) await throttle.guess(who, address());
  const waits: (number | null)[] = [];
  for (let n = 0; n < 7; n++) {
    expect(await throttle.guess(who, address())).toBeNull();
    // However often somebody asks while they wait, it is the same wait.
    for (let again = 0; again < 3; again++) await throttle.guess(who, address());
    waits.push(await throttle.guess(who, address()));
    await redis.del(...(await redis.keys('nx:login:turn:*')));
  }
  expect(waits).toEqual([30, 60, 120, 240, 480, 900, 900]);
});

test('whoever has waited may guess again', async () => {
  const throttle = createLoginThrottle(redis, { ...limits, freeGuesses: 1, firstDelaySeconds: 1 });
  const who = account();
  await throttle.guess(who, address());
  expect(await throttle.guess(who, address())).toBeNull();
  expect(await throttle.guess(who, address())).toBe(1);
  await waitFor(async () => (await throttle.guess(who, address())) === null, { what: 'the waiting to be over' });
});

test('all hubs count together', async () => {
  const other = connect();
  await ready(other);
  const [here, there] = [createLoginThrottle(redis, limits), createLoginThrottle(other, limits)];
  const who = account();
  const waits: (number | null)[] = [];
  for (let n = 0; n < 4; n++) waits.push(await here.guess(who, address()), await there.guess(who, address()));
  other.disconnect();
  expect(waits.filter((wait) => wait === null)).toHaveLength(6);
});

test('no address of a person stands in Redis', async () => {
  const who = account();
  await createLoginThrottle(redis, limits).guess(who, address());
  expect((await redis.keys('*')).filter((key) => key.includes(who))).toEqual([]);
});
