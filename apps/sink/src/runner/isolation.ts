import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import type { IsolationProfile } from '@nexomatic/contracts/sink-protocol';
import { AgentError, exitCodes } from '../agent-error.ts';

const probeWithinMs = 10_000;

/** A program and what it is started with. */
interface Command {
  command: string;
  args: string[];
}

/** How processes of attempts are kept apart from the rest of the machine. */
export interface Isolation {
  profile: IsolationProfile;
  /** The same program, isolated. Its exit code is 128 and the number of the signal where one ended it. */
  wrap(command: Command, place: { folder: string; readable: readonly string[] }): Command;
}

export const noIsolation: Isolation = { profile: 'none', wrap: (command) => command };

/**
 * The isolation of that profile, once it has proved to work here. Who asks for one gets it or no agent at all: code that was to
 * be held must not run unheld. `hidden` are folders of the agent that modules have no business in.
 */
export async function openIsolation(profile: IsolationProfile, hidden: readonly string[] = []): Promise<Isolation> {
  if (profile === 'none') return noIsolation;
  const isolation: Isolation =
    profile === 'namespace'
      ? { profile, wrap: inNamespace }
      : { profile, wrap: (command, place) => inBubblewrap(command, { ...place, hidden: hidden.filter(existsSync) }) };
  const fault = await faultOf(isolation);
  if (fault === null) return isolation;
  const text = `NEXOMATIC_ISOLATION is ${profile}, which does not work here: ${fault}. ${remedies[profile]}, or set NEXOMATIC_ISOLATION=none.`;
  throw new AgentError(exitCodes.configuration, text);
}

const remedies = {
  namespace: 'Install util-linux and allow namespaces (a container needs the right to make them)',
  bubblewrap: 'Install bubblewrap and allow namespaces (a container needs the right to make them)',
} as const;

/** Why it does not work here; null where it does. */
async function faultOf({ wrap }: Isolation): Promise<string | null> {
  const { command, args } = wrap({ command: 'true', args: [] }, { folder: tmpdir(), readable: [] });
  try {
    await promisify(execFile)(command, args, { timeout: probeWithinMs });
    return null;
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    return (stderr.trim() || message).split('\n').at(-1) ?? message;
  }
}

/**
 * A process namespace of its own: the module sees no other process, and with the first of them all end at once, whatever session
 * they are in. That first one is a shell which only waits: a program in its place would not be ended by SIGTERM.
 */
function inNamespace({ command, args }: Command): Command {
  const mapped = process.getuid?.() === 0 ? [] : ['--user', '--map-current-user'];
  const flags = [...mapped, '--pid', '--fork', '--kill-child', '--mount-proc'];
  return { command: 'unshare', args: [...flags, '--', '/bin/sh', '-c', '"$@"; exit $?', 'sh', command, ...args] };
}

/**
 * The same, and nothing of the machine's files can be written but the working folder; `hidden` is empty. The shell lets bwrap
 * itself pass over SIGTERM, which is for the module.
 */
function inBubblewrap(
  { command, args }: Command,
  { folder, readable, hidden }: { folder: string; readable: readonly string[]; hidden: readonly string[] },
): Command {
  const flags = [
    ...[
      '--die-with-parent',
      '--unshare-pid',
      '--unshare-ipc',
      '--ro-bind',
      '/',
      '/',
      '--dev',
      '/dev',
      '--proc',
      '/proc',
    ],
    ...hidden.flatMap((name) => ['--tmpfs', name]),
    ...readable.flatMap((name) => ['--ro-bind', name, name]),
    ...['--bind', folder, folder, '--chdir', folder],
  ];
  const program = ['env', '--default-signal=TERM', command, ...args];
  return { command: '/bin/sh', args: ['-c', 'trap "" TERM; exec bwrap "$@"', 'sh', ...flags, '--', ...program] };
}
