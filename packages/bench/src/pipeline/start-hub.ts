import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@nexomatic/cli/infrastructure/free-port';
import { lastLines, startProcess } from '@nexomatic/cli/processes/start-process';
import type { Servers } from '../contestant.ts';
import { childEnv } from '../env.ts';
import { microseconds } from '../measure/instant.ts';

export interface HubProcess extends AsyncDisposable {
  readonly pid: number;
  readonly url: string;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
}

export interface HubOptions {
  folder: string;
  nodeOptions: string[];
  port?: number;
  /** Settings beside those that every hub here is given. */
  settings?: Record<string, string>;
}

const program = fileURLToPath(new URL('../../../../apps/hub/server/main.ts', import.meta.url));
const readyWithinMs = 60_000;
const stopWithinMs = 20_000;

/** The hub as it is run in production: its own process, its own settings, logs as JSON into a file. */
export async function startHub(
  { database, redis }: Servers,
  { folder, nodeOptions, port: given, settings = {} }: HubOptions,
): Promise<HubProcess> {
  const port = given ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  const logFile = join(folder, 'hub.log');
  const running = startProcess({
    what: 'The hub',
    file: process.execPath,
    args: [...nodeOptions, program, 'serve'],
    cwd: folder,
    env: {
      ...childEnv,
      DATABASE_URL: database.url,
      REDIS_URL: redis.url,
      NEXOMATIC_HOST: '127.0.0.1',
      NEXOMATIC_PORT: String(port),
      NEXOMATIC_KEYRING: randomBytes(32).toString('hex'),
      // What a tenant may send is not what is measured.
      NEXOMATIC_TENANT_RATE: '1000000',
      ...settings,
    },
    logFile,
    pidFile: join(folder, 'hub.pid'),
  });
  const until = microseconds() + readyWithinMs * 1_000;
  while (!(await isReady(url))) {
    if (running.ended() !== undefined || microseconds() > until) {
      const how = running.ended() ?? `The hub was not ready within ${readyWithinMs / 1_000} s`;
      await running.stop(stopWithinMs);
      throw new Error(`${how}.${lastLines(logFile)}`);
    }
    await pause(50);
  }
  return {
    pid: running.pid,
    url,
    kill: () => running.kill(),
    async [Symbol.asyncDispose]() {
      await running.stop(stopWithinMs);
    },
  };
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch {
    return false; // it does not listen yet
  }
}
