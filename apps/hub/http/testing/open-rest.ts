import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach } from 'vitest';
import { callRest } from './call-rest.ts';
import { bearer, openTestWeb } from './open-test-web.ts';

/** The REST API of a hub; every test speaks to it as a program of a tenant of its own, `rest.pipeline`. */
export async function openRest() {
  const database = await testDatabase();
  const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
  afterAll(() => web.close());

  const rest = {
    database,
    web,
    pipeline: await makePipeline(database),
    call: (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
      callRest(web, headers ?? bearer(rest.pipeline.apiToken), method, path, body),
  };
  beforeEach(async () => {
    rest.pipeline = await makePipeline(database);
  });
  return rest;
}
