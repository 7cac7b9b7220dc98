import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether a process with this id is there (it may still be another one than the caller means: see `commandLine`). */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * The command line of a running process, empty when there is none. Process ids are used again by the system, so
 * nothing is ever stopped by a remembered id alone. Linux is read from /proc, because small images have no `ps`.
 */
export function commandLine(pid: number): string {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], { encoding: 'utf8' }).trim();
  } catch {
    return ''; // it has ended
  }
}

/** A process that has ended and waits to be collected by its parent still answers to signal 0. */
function isZombie(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false; // no /proc here
  }
}

/**
 * Whether anything of a process group is left, its leader or not. Ended members that nobody collects (a container
 * without an init process) do not count, so on Linux the living are counted instead of signalled.
 */
export function groupIsAlive(pid: number): boolean {
  if (isAlive(pid)) return true;
  if (process.platform === 'win32') return false;
  try {
    process.kill(-pid, 0);
  } catch {
    return false; // ESRCH: nobody is left
  }
  return (
    !existsSync('/proc/self/stat') || readdirSync('/proc').some((name) => /^\d+$/.test(name) && livesInGroup(name, pid))
  );
}

function livesInGroup(pid: string, group: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [state, , processGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return Number(processGroup) === group && state !== 'Z';
  } catch {
    return false; // ended while we looked
  }
}
