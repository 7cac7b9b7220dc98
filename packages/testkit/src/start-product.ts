import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RunFile } from '@nexomatic/cli/dev/run-file';
import { env } from './env.ts';
import { freePort } from './free-port.ts';

const run = promisify(execFile);
const program = createRequire(import.meta.url).resolve('@nexomatic/cli/main');

export interface Product extends RunFile {
  /** Holds everything that it keeps: data of database and Redis, logs, what the sink keeps, temporary files. */
  stateDir: string;
  /** Stops everything and removes its data. */
  discard(): Promise<void>;
}

/** Starts the whole product as `npm start` does, with data, logs and ports of its own. */
export async function startProduct(): Promise<Product> {
  const stateDir = mkdtempSync(join(tmpdir(), 'nexomatic-story-'));
  const surroundings = { ...env.inherited, TMPDIR: join(stateDir, 'tmp') };
  mkdirSync(surroundings.TMPDIR);
  async function nexomatic(...args: string[]): Promise<void> {
    await run(process.execPath, [program, ...args, '--state-dir', stateDir], { env: surroundings }).catch((error) => {
      throw new Error(`nexomatic ${args[0]} failed:\n${error.stdout}${error.stderr}`, { cause: error });
    });
  }
  async function discard(): Promise<void> {
    await nexomatic('stop');
    rmSync(stateDir, { recursive: true, force: true });
  }
  try {
    await nexomatic('dev', '--detach', '--port', String(await freePort()), '--edge-port', String(await freePort()));
    return { ...(JSON.parse(readFileSync(join(stateDir, 'run.json'), 'utf8')) as RunFile), stateDir, discard };
  } catch (error) {
    await discard();
    throw error;
  }
}
