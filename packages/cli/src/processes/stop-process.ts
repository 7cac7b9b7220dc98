import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { groupIsAlive } from './process-identity.ts';

/** Signals a process together with everything that it started in its group; a process that has ended is no fault. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  for (const target of process.platform === 'win32' ? [pid] : [-pid, pid]) {
    try {
      process.kill(target, signal);
      return;
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/**
 * Asks the whole group of `pid` to end, waits, and ends it by force after `graceMs`. Settles when nothing of the
 * group is left; the result says whether force was needed.
 */
export async function stopGroup(
  pid: number,
  graceMs: number,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<'ended' | 'killed'> {
  signalGroup(pid, signal);
  if (await groupEnds(pid, graceMs)) return 'ended';
  signalGroup(pid, 'SIGKILL');
  await groupEnds(pid, 5000);
  return 'killed';
}

async function groupEnds(pid: number, withinMs: number): Promise<boolean> {
  const until = systemClock.monotonic() + withinMs;
  while (groupIsAlive(pid)) {
    if (systemClock.monotonic() > until) return false;
    await pause(25);
  }
  return true;
}
