import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken, makePipeline } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, it } from 'vitest';
import { exitCodes } from './agent-error.ts';
import { finalExitCodes } from './cli/service/definition.ts';
import { callCli } from './testing/call-cli.ts';
import { startHub } from './testing/start-hub.ts';
import { startSink } from './testing/start-sink.ts';
import { temporaryFolder } from './testing/virtual-environment.ts';
import { version } from './version.ts';

const database = await testDatabase();
const hub = await startHub({
  ...{ databaseUrl: database.url, redisUrl: await testRedis(), port: await freePort() },
  environment: { NEXOMATIC_OLDEST_AGENT: '0.99.0' },
});
afterAll(() => hub[Symbol.asyncDispose]());

const told = `takes agents from 0.99.0 to any 0.x; this one is ${version}, which is too old. Install the hub’s own: npm install --global ${hub.url.replace('127.0.0.1', 'localhost')}/download/nexomatic-sink.tgz`;

it('an agent that is too old for its hub says so and ends with a code that no service manager tries again after', async () => {
  await using folder = await temporaryFolder();
  const { sinkToken } = await makePipeline(database);
  const sink = startSink({
    NEXOMATIC_HUB_URL: hub.url,
    NEXOMATIC_SINK_TOKEN: sinkToken,
    NEXOMATIC_MODULES: folder.path,
    NEXOMATIC_STATE_DIR: folder.path,
  });
  expect(await sink.ended()).toBe(exitCodes.configuration);
  expect(sink.faults()).toContain(told);
  expect(finalExitCodes).toContain(exitCodes.configuration);
});

it('a machine whose agent is too old does not join, and costs its token no use', async () => {
  await using folder = await temporaryFolder();
  const { sinkType } = await makePipeline(database);
  const { token, joinToken } = await makeJoinToken(database, sinkType);
  const joined = await callCli(['--dir', folder.path, 'join', `${hub.url}/join/${token}`]);
  expect(joined).toMatchObject({ code: exitCodes.configuration, stderr: expect.stringContaining(told) });
  const [row] = await database.sql.query('SELECT uses_left FROM join_tokens WHERE token_hash = ?', [
    joinToken.tokenHash,
  ]);
  expect(row).toEqual({ uses_left: 1 });
});
