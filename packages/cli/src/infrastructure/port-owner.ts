import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { commandLine } from '../processes/process-identity.ts';

/** Who listens on a port, for people: `process 123 (node server.js)`; undefined when that can not be seen from here. */
export function portOwner(port: number): string | undefined {
  const pid = existsSync('/proc/net/tcp') ? fromProc(port) : fromLsof(port);
  return pid === undefined ? undefined : `process ${pid} (${commandLine(pid).slice(0, 100)})`;
}

/** A line of /proc/net/tcp: number, local address:port in hex, remote, state (0A = listening), …, inode (field 9). */
function fromProc(port: number): number | undefined {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const sockets = ['/proc/net/tcp', '/proc/net/tcp6']
    .filter((file) => existsSync(file))
    .flatMap((file) => readFileSync(file, 'utf8').split('\n').slice(1))
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) && fields[3] === '0A')
    .map((fields) => `socket:[${fields[9]}]`);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => openFiles(pid).some((target) => sockets.includes(target)));
}

function openFiles(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkTarget(`/proc/${pid}/fd/${fd}`));
  } catch {
    return []; // somebody else's process, or it has ended
  }
}

function linkTarget(link: string): string {
  try {
    return readlinkSync(link);
  } catch {
    return ''; // closed while we looked
  }
}

function fromLsof(port: number): number | undefined {
  try {
    const found = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], { encoding: 'utf8' });
    return Number.parseInt(found, 10) || undefined;
  } catch {
    return undefined; // nobody, or no lsof
  }
}
