import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { newId } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LocalStatus } from '../control/local-protocol.ts';
import { openLocalServer } from '../control/local-server.ts';
import { callCli } from '../testing/call-cli.ts';

let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'nx-local-'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

const eventId = newId('event');
/** The socket of an agent that runs one event, and what it was told. */
async function agent(name: string) {
  const stateFolder = path.join(home, name, 'state');
  await mkdir(stateFolder, { recursive: true });
  const told: string[] = [];
  const event = {
    eventId,
    attempt: 2,
    eventType: 'order.received',
    module: 'orders',
    runningMs: 65_000,
    timeoutMs: 600_000,
  };
  const status = (): LocalStatus => ({
    ...{ pid: 4711, version: '1', hubUrl: 'http://hub', transport: 'gateway', upMs: 3_720_000, connected: true },
    sink: { id: newId('sink'), name, type: 'PYTHON' },
    ...{ paused: false, leaving: null, stopping: false, slots: 4, slotsBusy: 1 },
    spool: { bytes: 0, full: false },
    events: [{ ...event, ending: false }],
  });
  const server = await openLocalServer({
    stateFolder,
    status,
    logger: silentLogger,
    control: {
      async pauseHere(paused) {
        told.push(paused ? 'pause' : 'resume');
        return { told: paused };
      },
      async drainHere() {
        told.push('drain');
      },
      async reloadHere() {
        told.push('reload');
      },
    },
  });
  return { server, told, cli: (...args: string[]) => callCli(['--dir', path.join(home, name), ...args]) };
}

it('the agent of the machine is paused, resumed and drained by its own command line', async () => {
  const { server, told, cli } = await agent('one');
  expect(await cli('pause')).toMatchObject({ code: 0, stdout: expect.stringContaining('takes no more work; 1 of 4') });
  expect(await cli('resume')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('the hub has not heard of it'),
  });
  const drained = await cli('drain');
  expect(drained).toMatchObject({ code: 0, stdout: expect.stringContaining('once 1 running events') });
  expect(await cli('reload')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('reads its settings anew once 1'),
  });
  expect(told).toEqual(['pause', 'resume', 'drain', 'reload']);
  const waiting = cli('--json', 'drain', '--wait');
  await expect.poll(() => told.length, { timeout: 30_000 }).toBe(5);
  server.close();
  expect(JSON.parse((await waiting).stdout)).toMatchObject({ ended: true });
});

it('what it runs is listed, for people and for programs', async () => {
  const { server, cli } = await agent('two');
  expect((await cli('ps')).stdout).toMatch(
    new RegExp(`EVENT +ATTEMPT +TYPE.*\\n${eventId} +2 +order.received +orders +1 min 5 s of 10 min 0 s`),
  );
  expect(JSON.parse((await cli('--json', 'ps')).stdout).events).toMatchObject([{ eventId, attempt: 2 }]);
  // Without a terminal there is nothing to draw over.
  expect(await cli('top')).toMatchObject({ code: 0, stdout: expect.stringContaining('1 of 4 slots busy') });
  server.close();
});

it('ends with 5 where no agent runs', async () => {
  for (const command of ['pause', 'drain', 'ps', 'top']) {
    expect(await callCli(['--dir', path.join(home, 'nobody'), command])).toMatchObject({
      code: 5,
      stderr: expect.stringContaining('no agent runs on this machine'),
    });
  }
});
