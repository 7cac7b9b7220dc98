import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { machineAt } from './testing/machine.ts';
import { openTestWeb } from './testing/open-test-web.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());

test('who guessed a hundred times waits, even with a right token, and many right ones cost nothing', async () => {
  const { sinkType } = await makePipeline(database);
  const { token } = await makeJoinToken(database, sinkType, { uses: 200, usesLeft: 200 });
  for (let i = 0; i < 5; i++) expect((await machineAt(web).join(token)).status).toBe(200);
  const guess = () => machineAt(web).join(`nxj_${'A'.repeat(43)}`);
  const answers = await Promise.all(Array.from({ length: 100 }, guess));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([401]));
  expect(await guess()).toMatchObject({ status: 429, code: 'rate_limited', message: expect.stringContaining('min') });
  expect((await machineAt(web).join(token)).status).toBe(429);
});
