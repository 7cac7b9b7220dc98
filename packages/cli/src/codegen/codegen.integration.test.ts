import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../main.ts', import.meta.url));
const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
const folder = mkdtempSync(join(tmpdir(), 'nexomatic-codegen-'));
afterAll(async () => {
  await web.close();
  rmSync(folder, { recursive: true });
});

const run = (args: string[], env: Record<string, string>) =>
  promisify(execFile)(process.execPath, [program, 'codegen', ...args], { env });

test('the command writes what the hub knows into the file', async () => {
  const payloadSchema = '{"type":"object","properties":{"version":{"type":"integer"}}}';
  const { apiToken } = await makePipeline(database, { eventType: { name: 'deploy.app', payloadSchema } });
  const file = join(folder, 'hub-types.ts');
  const { stderr } = await run(['--out', file], { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: apiToken });
  expect(stderr).toContain(`1 event types written to ${file}`);
  expect(readFileSync(file, 'utf8')).toContain("'deploy.app': DeployApp.Payload;");
});

test('a token that is not valid ends it with the hub’s own words and exit code 4', async () => {
  const failed = run([], { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: 'nxt_not-a-token' });
  await expect(failed).rejects.toMatchObject({ code: 4, stderr: expect.stringContaining('error unauthenticated:') });
});

test('without an address it says which setting is missing, with exit code 2', async () => {
  await expect(run([], {})).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining('NEXOMATIC_URL') });
});
