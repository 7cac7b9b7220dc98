import { readFileSync } from 'node:fs';

/** Whether there is a process of that number that has not ended. */
export function isAlive(pid: number): boolean {
  try {
    // A zombie has ended; it only waits for its parent, which in a container may be nobody.
    return !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
