import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from '../testing/open-test-web.ts';
import { rawRequest, sendRaw } from './send-raw.ts';

/** What callers of the API may send that no client of ours would; the numbers are those of the catalogue of bad inputs. */

const web = await openTestWeb({ databaseUrl: (await testDatabase()).url, redisUrl: await testRedis() });
afterAll(() => web.close());
const url = new URL(web.baseUrl);

describe('63: a call', () => {
  test('that says it has 100 MB is refused before they are sent, whoever makes it', async () => {
    const { apiToken, sinkToken } = await makePipeline(web.services.db);
    const calls = [
      { path: '/trpc/events.fire', headers: bearer(apiToken) },
      { path: '/trpc/sink.record', headers: bearer(sinkToken) },
      { path: '/trpc/sink.hello', headers: bearer(sinkToken) },
      { path: '/trpc/enrolment.join', headers: {} },
      { path: '/api/v1/events', headers: bearer(apiToken) },
    ];
    for (const { path, headers } of calls) {
      const length = { host: url.host, 'content-length': String(100 * 1024 * 1024) };
      const answer = await sendRaw(url, rawRequest({ path, headers: { ...headers, ...length }, body: '{' }));
      expect([path, answer.status, answer.closed]).toEqual([path, 413, true]);
    }
  });

  test('whose headers do not come to an end is hung up on', async () => {
    const answer = await sendRaw(url, {
      pieces: ['GET /healthz HTTP/1.1\r\nhost: slow\r\nx-slow: '],
      withinMs: 50_000,
    });
    expect(answer.closed).toBe(true);
    expect([0, 408]).toContain(answer.status);
  });
});
