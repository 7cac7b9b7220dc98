import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { newId } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askAgent } from './local-client.ts';
import { type LocalStatus, localAddress } from './local-protocol.ts';
import { openLocalServer } from './local-server.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'nexomatic-local-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const asked: string[] = [];
function open(name: string, stateFolder = folder) {
  const status = (): LocalStatus => ({
    ...{ pid: 1, version: '1', hubUrl: 'http://hub', transport: 'gateway', upMs: 0, connected: true },
    sink: { id: newId('sink'), name, type: 'PYTHON' },
    ...{ paused: false, leaving: null, stopping: false, slots: 1, slotsBusy: 0, events: [] },
    spool: { bytes: 0, full: false },
  });
  const control = {
    async pauseHere(paused: boolean) {
      asked.push(`${name} ${paused ? 'pause' : 'resume'}`);
      return { told: false };
    },
    async drainHere() {
      asked.push(`${name} drain`);
    },
    async reloadHere() {
      asked.push(`${name} reload`);
    },
  };
  return openLocalServer({ stateFolder, control, status, logger: silentLogger });
}
const nameOf = async () => {
  const { status, hangUp } = await askAgent(folder, 'status');
  hangUp();
  return status.sink.name;
};

it('answers the account of the agent alone, and does what it is told', async () => {
  const server = await open('one');
  expect(statSync(localAddress(folder)).mode & 0o777).toBe(0o600);
  const paused = await askAgent(folder, 'pause');
  expect(paused.told).toBe(false);
  paused.hangUp();
  (await askAgent(folder, 'resume')).hangUp();
  (await askAgent(folder, 'reload')).hangUp();
  const drained = await askAgent(folder, 'drain');
  expect(asked).toEqual(['one pause', 'one resume', 'one reload', 'one drain']);
  server.close();
  await drained.ended;
});

it('takes the place of an agent that was killed, and leaves it to one that lives', async () => {
  writeFileSync(localAddress(folder), '');
  const one = await open('one');
  const other = await open('other');
  expect(await nameOf()).toBe('one');
  other.close();
  expect(await nameOf()).toBe('one');
  one.close();
  await expect(askAgent(folder, 'status')).rejects.toMatchObject({ exitCode: 5 });
});

it.each([
  ['what it does not know', '{"command":"explode"}\n', 'does not know that command'],
  ['what is no JSON', 'pause\n', 'does not know that command'],
])('refuses %s', async (_what, text, expected) => {
  const server = await open('one');
  const socket = connect(localAddress(folder));
  socket.write(text);
  for await (const line of createInterface({ input: socket })) {
    expect(JSON.parse(line)).toEqual({ ok: false, message: expect.stringContaining(expected) });
    break;
  }
  socket.destroy();
  server.close();
});

it('hangs up on who sends more than a command', async () => {
  const server = await open('one');
  const socket = connect(localAddress(folder));
  const ended = new Promise((resolve) => socket.on('close', resolve));
  socket.on('error', () => undefined);
  socket.write('x'.repeat(100_000));
  await ended;
  server.close();
});

it('lets the agent work where the path of its folder is too long for a socket', async () => {
  const deep = path.join(folder, 'x'.repeat(120));
  (await open('one', deep)).close();
  await expect(askAgent(deep, 'status')).rejects.toMatchObject({ exitCode: 5 });
});
