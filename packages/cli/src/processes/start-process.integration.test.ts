import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { groupIsAlive, rememberedProcess, rememberProcess } from './process-identity.ts';
import { startProcess, stopLeftover } from './start-process.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'nexomatic-process-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const files = () => ({ logFile: join(folder, 'log'), pidFile: join(folder, 'pid') });
const start = (script: string, more = {}) =>
  startProcess({ what: 'The script', file: '/bin/sh', args: ['-c', script], cwd: folder, ...files(), ...more });
const log = () => readFileSync(files().logFile, 'utf8');

test('stopping a process ends the children that it started, and leaves no pid file', async () => {
  const running = start('sleep 300 & sleep 300 & echo up; wait');
  await expect.poll(log).toContain('up');
  expect(await running.stop(5000)).toBe('ended');
  expect(groupIsAlive(running.pid)).toBe(false);
  expect(rememberedProcess(files().pidFile)).toBeUndefined();
  expect(await running.exited).toBe('The script ended by SIGTERM');
});

test('a process that does not listen is ended by force, and that is told', async () => {
  const running = start('trap "" TERM; echo up; while :; do sleep 1; done');
  await expect.poll(log).toContain('up');
  expect(await running.stop(100)).toBe('killed');
  expect(groupIsAlive(running.pid)).toBe(false);
});

test('children that outlive their parent are ended as well', async () => {
  const running = start('sleep 300 & echo up');
  expect(await running.exited).toBe('The script ended with exit code 0');
  expect(groupIsAlive(running.pid)).toBe(true);
  await running.stop(5000);
  expect(groupIsAlive(running.pid)).toBe(false);
});

test('what an earlier run has left is found by its pid file and ended', async () => {
  const running = start('echo up; sleep 300');
  await expect.poll(log).toContain('up');
  expect(await stopLeftover(files().pidFile, 5000)).toBe(true);
  expect(groupIsAlive(running.pid)).toBe(false);
  expect(await stopLeftover(files().pidFile, 5000)).toBe(false);
});

test('a pid file whose number now belongs to another process names nobody', () => {
  rememberProcess(files().pidFile, process.pid);
  expect(rememberedProcess(files().pidFile)).toBe(process.pid);
  const ourStart = readFileSync(files().pidFile, 'utf8').split(' ')[1];
  writeFileSync(files().pidFile, `${process.ppid} ${ourStart}`);
  expect(rememberedProcess(files().pidFile)).toBeUndefined();
});

test('masked output reaches the log without what it held', async () => {
  const running = start('echo "POST /h/abcdefgh 202"; echo "second" >&2', {
    mask: (line: string) => line.replace('abcdefgh', '…'),
  });
  await running.exited;
  await expect.poll(log).toContain('second');
  expect(log()).toContain('POST /h/… 202\n');
  expect(log()).not.toContain('abcdefgh');
});
