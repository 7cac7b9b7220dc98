import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { killTagged } from './kill-tagged.ts';

/** Time that a module gets between SIGTERM and SIGKILL. */
export const graceMs = 10_000;

export interface GroupToEnd {
  /** Process id of the leader, which is also the id of its session and group. */
  pid: number;
  /** Value of `NX_RUN_ID` in the environment of everything that the attempt started. */
  runId: string;
  /** Settles when the leader has exited. */
  exited: Promise<unknown>;
}

/**
 * Ends everything that an attempt started: SIGTERM to the group, time to finish, SIGKILL to the group, and then SIGKILL to
 * processes that left the group (`setsid`, double fork) and are known by their tag alone. `hurry` cuts the time short.
 */
export async function endProcessGroup(group: GroupToEnd, grace: number, hurry: AbortSignal): Promise<void> {
  if (!hurry.aborted && grace > 0) {
    signalGroup(group.pid, 'SIGTERM');
    await Promise.race([group.exited, waitUnlessHurried(grace, hurry)]);
  }
  signalGroup(group.pid, 'SIGKILL');
  await killTagged(new Set([group.runId]));
}

/**
 * Signals a whole group. That nobody is left in it, or only somebody of another user, is no error. Windows has no signals:
 * there SIGKILL ends the process and what descends from it, and the others do nothing (the runner was told to cancel).
 */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (process.platform === 'win32') {
    if (signal === 'SIGKILL') execFile('taskkill', ['/T', '/F', '/PID', String(pid)], () => undefined);
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'ESRCH' && code !== 'EPERM') throw error;
  }
}

async function waitUnlessHurried(ms: number, hurry: AbortSignal): Promise<void> {
  try {
    await sleep(ms, undefined, { signal: hurry, ref: false });
  } catch (error) {
    if (!hurry.aborted) throw error;
  }
}
