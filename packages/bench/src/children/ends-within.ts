import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Whether the process has ended, or does so within that time. */
export async function endsWithin(child: ChildProcess, ms: number): Promise<boolean> {
  if (child.exitCode !== null || child.signalCode !== null) return true;
  try {
    await once(child, 'exit', { signal: AbortSignal.timeout(ms) });
    return true;
  } catch {
    return false; // the time is over
  }
}
