import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { Steps } from '../steps.mjs';
import { readRunFile } from './run-file.ts';
import { type DevSettings, repositoryRoot } from './settings.ts';
import { openStateFolder } from './state-folder.ts';
import { listenForStop } from './until-stopped.ts';
import { welcome } from './welcome.ts';

/**
 * Starts the supervisor in a session of its own, shows its progress until everything is ready, and leaves it running.
 * Ctrl-C before that stops it again.
 */
export async function runDetached(settings: DevSettings, args: string[], steps: Steps): Promise<number> {
  const state = openStateFolder(settings.stateDir);
  const logFile = state.logFile('dev');
  const log = openSync(logFile, 'w+', 0o600);
  const wish = listenForStop();
  const child = spawn(process.execPath, [process.argv[1] ?? '', ...args], {
    cwd: repositoryRoot,
    detached: true,
    stdio: ['ignore', log, log],
  });
  let exitCode: number | undefined;
  child.once('error', () => {
    exitCode = 1;
  });
  child.once('exit', (code) => {
    exitCode = code ?? 1;
  });
  wish.signal.addEventListener('abort', () => child.kill('SIGTERM'));

  const reader = openSync(logFile, 'r');
  let shown = 0;
  const showMore = () => {
    const size = fstatSync(reader).size;
    const more = Buffer.alloc(size - shown);
    shown += readSync(reader, more, 0, more.length, shown);
    if (more.length > 0) process.stdout.write(more);
  };
  try {
    while (exitCode === undefined && readRunFile(state)?.pids.supervisor !== child.pid) {
      showMore();
      await pause(100);
    }
    showMore();
    child.unref();
    const run = readRunFile(state);
    if (exitCode !== undefined || !run) return exitCode ?? 1;
    // Said here and not by the child: the sign-in link stands in no log.
    welcome(steps, run, state);
    steps.line(`  Runs in the background (process ${child.pid}). Its log: ${logFile}`);
    return 0;
  } finally {
    wish.end();
    closeSync(log);
    closeSync(reader);
  }
}
