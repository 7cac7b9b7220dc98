import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { StepError } from '../steps.mjs';
import { lastLines } from './start-process.ts';

interface CaptureOptions {
  what: string;
  env: NodeJS.ProcessEnv;
  /** Takes stderr only: stdout may hold what no log should. */
  logFile: string;
  signal: AbortSignal;
}

/** Runs a program to its end and gives what it wrote to stdout. */
export async function runCaptured(file: string, args: string[], options: CaptureOptions): Promise<string> {
  const { what, env, logFile, signal } = options;
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(file, args, { env, signal, stdio: ['ignore', 'pipe', log] });
  closeSync(log);
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('error', (error) => resolve(`could not be started: ${error.message}`));
    child.once('close', (code, by) =>
      resolve(code === 0 ? undefined : by ? `was ended by ${by}` : `failed with exit code ${code}`),
    );
  });
  const output = child.stdout ? await text(child.stdout) : '';
  const fault = await ended;
  signal.throwIfAborted();
  if (fault !== undefined) throw new StepError(`${what} ${fault}.${lastLines(logFile)}`, { logFile });
  return output;
}
