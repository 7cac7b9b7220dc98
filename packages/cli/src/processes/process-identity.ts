import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';

/**
 * Process ids are used again by the system, so a remembered id alone says nothing: a process is known by its id and
 * the moment it started. Linux is read from /proc, because small images have no `ps`.
 */
const hasProc = existsSync('/proc/self/stat');

/** What is kept of a process in a file, so that a later run can tell whether it is still the same one. */
export function rememberProcess(pidFile: string, pid: number): void {
  writeFileSync(pidFile, `${pid} ${startOf(pid)}\n`, { mode: 0o600 });
}

/** The same, if the file is not there yet: of several processes that try at once, one succeeds. */
export function claimProcess(pidFile: string, pid: number): boolean {
  try {
    writeFileSync(pidFile, `${pid} ${startOf(pid)}\n`, { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

/** The id of the process that `pidFile` remembers, if that very process still runs. */
export function rememberedProcess(pidFile: string): number | undefined {
  try {
    const [pid, ...start] = readFileSync(pidFile, 'utf8').trim().split(' ');
    const running = startOf(Number(pid));
    return running !== '' && running === start.join(' ') ? Number(pid) : undefined;
  } catch {
    return undefined; // no such file: nothing was started, or it stopped cleanly
  }
}

/**
 * Whether anything of a process group is left, its leader or not. Ended members that nobody collects (a container
 * without an init process) do not count, so on Linux the living are counted instead of signalled.
 */
export function groupIsAlive(group: number): boolean {
  try {
    process.kill(process.platform === 'win32' ? group : -group, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
  if (!hasProc) return true;
  return readdirSync('/proc').some((name) => {
    const stat = /^\d+$/.test(name) ? statOf(Number(name)) : [];
    return Number(stat[2]) === group && stat[0] !== 'Z';
  });
}

/** Whether a process with this id runs; one that has ended and waits to be collected does not. */
export function isAlive(pid: number): boolean {
  return startOf(pid) !== '';
}

/** What a process was started as, for people; empty when it has ended. */
export function commandLine(pid: number): string {
  try {
    if (hasProc) return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return psField(pid, 'command=');
  } catch {
    return ''; // it has ended
  }
}

/** The moment a process started, in the system's own words; empty when it has ended. */
function startOf(pid: number): string {
  try {
    if (!hasProc) return psField(pid, 'lstart=');
    const stat = statOf(pid);
    return stat[0] === 'Z' ? '' : (stat[19] ?? '');
  } catch {
    return ''; // it has ended
  }
}

function psField(pid: number, field: string): string {
  return execFileSync('ps', ['-p', String(pid), '-o', field], { encoding: 'utf8' }).trim();
}

/** The fields of /proc/PID/stat behind the name (which may hold anything): state, parent, group, … start (19). */
function statOf(pid: number): string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return []; // ended while we looked
  }
}
