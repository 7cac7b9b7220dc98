import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freePort } from '../infrastructure/free-port.ts';
import { groupIsAlive } from '../processes/process-identity.ts';
import type { RunFile } from './run-file.ts';

const run = promisify(execFile);
const program = join(import.meta.dirname, '../main.ts');
/** Starts the whole product twice, and may build the dashboard first. */
const timeout = 300_000;
let stateDir: string;
let ports: string[];

/** Runs the command and gives what it said; a failure says it too. */
const nexomatic = async (...args: string[]) => {
  const { stdout } = await run(process.execPath, [program, ...args, '--state-dir', stateDir]).catch((error) => {
    throw new Error(error.stdout, { cause: error });
  });
  return stdout;
};
const start = () => nexomatic('dev', '--detach', ...ports);
const runFile = () => JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8')) as RunFile;
const events = async ({ hubUrl, apiToken }: RunFile) => {
  const response = await fetch(`${hubUrl}/api/v1/events`, { headers: { authorization: `Bearer ${apiToken}` } });
  return ((await response.json()) as { events: { type: string; state: string }[] }).events;
};

beforeAll(async () => {
  stateDir = mkdtempSync(join(tmpdir(), 'nexomatic-dev-'));
  ports = ['--port', String(await freePort()), '--edge-port', String(await freePort())];
});
afterAll(async () => {
  await nexomatic('stop');
  rmSync(stateDir, { recursive: true, force: true });
});

test('one command starts everything; another stops all of it and nothing else; the data stays', {
  timeout,
}, async () => {
  expect(await start()).toContain('Try it:');
  const first = runFile();
  expect(statSync(join(stateDir, 'run.json')).mode & 0o777).toBe(0o600);

  const answer = await fetch(first.webhookUrl, { method: 'POST', body: '{"name":"Ada"}' });
  expect(answer.status).toBe(202);
  await vi.waitFor(
    async () =>
      expect((await events(first)).map(({ type, state }) => `${type} ${state}`)).toEqual([
        'hello.notify SUCCESS',
        'hello.received SUCCESS',
      ]),
    { timeout: 60_000, interval: 200 },
  );

  const link = (await nexomatic('sign-in-link', '--email', 'admin@demo.local')).trim();
  expect(link).toMatch(new RegExp(`^${first.hubUrl}/login\\?token=nxl_[A-Za-z0-9_-]{43}$`));
  await expect(nexomatic('setup-link')).rejects.toThrow();

  expect(await start()).toContain(`running already (process ${first.pids.supervisor})`);

  await nexomatic('stop');
  for (const pid of Object.values(first.pids)) expect(groupIsAlive(pid)).toBe(false);
  expect(existsSync(join(stateDir, 'run.json'))).toBe(false);
  expect(readdirSync(join(stateDir, 'pids'))).toEqual([]);
  expect(await nexomatic('stop')).toContain(`Nothing is running in ${stateDir}.`);

  await start();
  const second = runFile();
  expect(second.webhookUrl).toBe(first.webhookUrl);
  expect(await events(second)).toHaveLength(2);
});

test('a part that is killed is started again in its place, and what was accepted before is run', {
  timeout,
}, async () => {
  const before = runFile();
  const answer = await fetch(before.webhookUrl, { method: 'POST', body: '{"name":"Grace"}' });
  expect(answer.status).toBe(202);
  for (const part of ['redis', 'database', 'hub']) process.kill(before.pids[part] ?? 0, 'SIGKILL');
  await vi.waitFor(
    async () => {
      expect((await events(before)).map(({ state }) => state)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS', 'SUCCESS']);
      for (const part of ['redis', 'database', 'hub']) expect(runFile().pids[part]).not.toBe(before.pids[part]);
    },
    { timeout: 60_000, interval: 500 },
  );
  expect(runFile()).toEqual({ ...before, pids: expect.objectContaining({ supervisor: before.pids.supervisor }) });
});

test('a taken port is named with its owner, and nothing is left running', async () => {
  const other = mkdtempSync(join(tmpdir(), 'nexomatic-dev-'));
  const squatter = createServer();
  await new Promise<void>((resolve) => {
    squatter.listen(0, '127.0.0.1', resolve);
  });
  const { port } = squatter.address() as AddressInfo;
  const refused = run(process.execPath, [program, 'dev', '--port', String(port), '--state-dir', other]);
  await expect(refused).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining(`Port ${port}, which the hub listens on, is taken by process ${process.pid} (`),
  });
  expect(readdirSync(join(other, 'pids'))).toEqual([]);
  squatter.close();
  rmSync(other, { recursive: true, force: true });
});

test('what a run leaves behind that was cut off is stopped by the next stop', async () => {
  const { pids } = runFile();
  process.kill(pids.supervisor ?? 0, 'SIGKILL');
  const said = await nexomatic('stop');
  expect(said).toContain('stopped what an earlier run had left: edge, sink, hub, redis, database');
  for (const pid of Object.values(pids)) expect(groupIsAlive(pid)).toBe(false);
});
