import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { silentLogger } from '@nexomatic/logger';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from '../testing/is-alive.ts';
import { createWatchdog } from './watchdog.ts';

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** A process of an attempt, with one more in a session of its own, by its tag. */
async function attempt(tag: string) {
  const child = spawn('/bin/sh', ['-c', 'setsid sleep 60 & echo $!; wait'], {
    env: { PATH: '/usr/bin:/bin', NX_RUN_ID: `${tag}abc123` },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  started.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  const hidden = Number(line.toString());
  return {
    child,
    hidden,
    isOver: () => child.signalCode === 'SIGKILL' && !isAlive(hidden),
    isThere: () => child.exitCode === null && child.signalCode === null && isAlive(hidden),
  };
}

describe('the watchdog', () => {
  it('ends all processes of an attempt whose time is over, and leaves those of others', async () => {
    const watchdog = createWatchdog(silentLogger);
    const [over, held, other] = [await attempt('evt_a-1-'), await attempt('evt_a-11-'), await attempt('evt_b-1-')];
    watchdog.hold('evt_a-11-', 60_000);
    watchdog.hold('evt_a-1-', 100);
    await waitFor(over.isOver, { what: 'the attempt to be ended' });
    expect([held.isThere(), other.isThere()]).toEqual([true, true]);
    watchdog.release('evt_a-11-');
    watchdog.close();
  });

  it('lets go of an attempt that is released, and counts anew for one whose lease was renewed', async () => {
    const watchdog = createWatchdog(silentLogger);
    const [released, renewed, over] = [await attempt('evt_c-1-'), await attempt('evt_d-1-'), await attempt('evt_e-1-')];
    watchdog.hold('evt_c-1-', 200);
    watchdog.hold('evt_d-1-', 200);
    watchdog.release('evt_c-1-');
    watchdog.hold('evt_d-1-', 60_000);
    watchdog.hold('evt_e-1-', 600);
    await waitFor(over.isOver, { what: 'the last attempt to be ended' });
    expect([released.isThere(), renewed.isThere()]).toEqual([true, true]);
    watchdog.release('evt_d-1-');
    watchdog.close();
  });

  it('ends what it holds when the agent is gone', async () => {
    const watchdog = createWatchdog(silentLogger);
    const left = await attempt('evt_f-1-');
    watchdog.hold('evt_f-1-', 60_000);
    watchdog.close();
    await waitFor(left.isOver, { what: 'the attempt to be ended' });
  });
});
