import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { isAlive } from '@nexomatic/cli/processes/process-identity';
import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { expect, inject, onTestFinished, test } from 'vitest';
import { startPrivateDatabase, startPrivateRedis } from './private-servers.ts';
import { testRedis } from './redis.ts';
import { withSql } from './schema.ts';
import { waitFor } from './wait-for.ts';

function connect(url: string) {
  const redis = connectRedis(url, { role: 'test', logger: silentLogger });
  onTestFinished(() => redis.disconnect());
  return redis;
}

test('a Redis of one test comes back with its data after it was killed, when it keeps any', async () => {
  const server = await startPrivateRedis({ appendOnly: true });
  const redis = connect(server.url);
  await redis.set('kept', 'yes');
  await server.kill();
  const again = await server.startAgain();
  expect(again.url).toBe(server.url);
  expect(await connect(again.url).get('kept')).toBe('yes');
  await again.discard();
  expect(isAlive(again.pid)).toBe(false);
});

test('a database of one test keeps what was committed when it is killed', async () => {
  const server = await startPrivateDatabase();
  await withSql(server.url, async (sql) => {
    await sql.run('CREATE TABLE kept (id INT PRIMARY KEY) ENGINE = InnoDB');
    await sql.run('INSERT INTO kept VALUES (1)');
  });
  await server.kill();
  const again = await server.startAgain();
  expect(await withSql(again.url, (sql) => sql.query('SELECT id FROM kept'))).toEqual([{ id: 1 }]);
  await again.discard();
});

test('the server of a run that is killed ends with it and leaves no folder', async () => {
  const script = `
    const { startPrivateRedis } = await import(${JSON.stringify(new URL('private-servers.ts', import.meta.url).href)});
    const { pid, directory } = await startPrivateRedis();
    console.log(JSON.stringify({ pid, directory }));
    setInterval(() => undefined, 60_000);
  `;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  const { pid, directory } = JSON.parse(line) as { pid: number; directory: string };
  expect(isAlive(pid)).toBe(true);
  child.kill('SIGKILL');
  await waitFor(() => !isAlive(pid) && !existsSync(directory), { what: 'the server to end and its folder to go' });
});

test("a test file's Redis is empty and is the run's server", async () => {
  const url = await testRedis();
  const redis = connect(url);
  expect(await redis.dbsize()).toBe(0);
  await redis.set('mine', '1');
  expect(new URL(url).port).toBe(new URL(inject('servers').redisUrl).port);
  expect(await connect(await testRedis()).dbsize()).toBe(0);
});
