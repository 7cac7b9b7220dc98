import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groupIsAlive } from '../processes/process-identity.ts';
import { askServer, type PrivateServer } from './private-server.ts';
import { redisVersion } from './server-version.ts';
import { startDatabase } from './start-database.ts';
import { startRedis } from './start-redis.ts';

let folder: string;
let running: PrivateServer | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexomatic-servers-'));
});
afterAll(async () => {
  await running?.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe('a private database', () => {
  const start = async (port?: number) => {
    running = await startDatabase({ directory: join(folder, 'db'), ...(port ? { port } : {}) });
    return running;
  };

  test('starts, is stopped, is cut off, and is taken over, always on the same data', async () => {
    const first = await start();
    expect(first.version).toMatch(/^(MariaDB|MySQL) \d+\.\d+/);
    expect(first.url).toBe(`mysql://nexomatic:${password('db')}@127.0.0.1:${first.port}/nexomatic`);
    await first.stop();
    expect(groupIsAlive(first.pid)).toBe(false);

    const second = await start(first.port);
    expect(second.url).toBe(first.url);
    await second.kill();
    expect(await second.exited).toMatch(/ended by SIGKILL$/);

    const third = await start();
    // As if the run that started it had been cut off: the next start finds it and puts its own in its place.
    const fourth = await start();
    expect(groupIsAlive(third.pid)).toBe(false);
    await fourth.stop();
  });

  test('keeps its password from other users of the machine', () => {
    expect(statSync(join(folder, 'db')).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, 'db', 'password')).mode & 0o777).toBe(0o600);
  });
});

describe('a private Redis', () => {
  const start = async () => {
    running = await startRedis({ directory: join(folder, 'redis'), appendOnly: true });
    return running;
  };
  const ask = async ({ port }: PrivateServer, text: string) =>
    (await askServer({ port }, `AUTH ${password('redis')}\r\n${text}\r\n`, (bytes) => lines(bytes) >= 2))?.toString();
  const lines = (bytes: Buffer) => bytes.toString().split('\r\n').length - 1;

  test('keeps what it holds over a stop', async () => {
    const first = await start();
    expect(first.version).toMatch(/^(Redis|Valkey) \d+\.\d+/);
    expect(await ask(first, 'SET kept yes')).toBe('+OK\r\n+OK\r\n');
    await first.stop();
    const second = await start();
    expect(await ask(second, 'EXISTS kept')).toBe('+OK\r\n:1\r\n');
    await second.stop();
  });

  test('lets nobody in without its password', async () => {
    const server = await start();
    expect(await redisVersion({ port: server.port })).toBeUndefined();
    expect(await redisVersion({ port: server.port, password: 'wrong' })).toBeUndefined();
    expect(await redisVersion({ port: server.port, password: password('redis') })).toBe(server.version);
    await server.stop();
  });
});

function password(of: string): string {
  return readFileSync(join(folder, of, 'password'), 'utf8');
}
