import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '@nexomatic/cli/infrastructure/free-port';
import { lastLines, startProcess } from '@nexomatic/cli/processes/start-process';
import { childEnv } from '../env.ts';
import { microseconds } from '../measure/instant.ts';

export interface WorkerProcess extends AsyncDisposable {
  url: URL;
  /** Of the process group: wrangler and the workerd that it starts. */
  pid: number;
}

const edge = fileURLToPath(new URL('../../../../workers/edge/package.json', import.meta.url));
const config = fileURLToPath(new URL('empty-worker/wrangler.jsonc', import.meta.url));
const readyWithinMs = 60_000;

/** A Worker that answers and does nothing else, in workerd, by the same tool that runs the edge. */
export async function startEmptyWorker(folder: string): Promise<WorkerProcess> {
  const port = await freePort();
  const url = new URL(`http://127.0.0.1:${port}/`);
  const wrangler = createRequire(edge).resolve('wrangler/package.json');
  const logFile = join(folder, 'empty-worker.log');
  const running = startProcess({
    what: 'The empty Worker',
    file: process.execPath,
    args: [
      '--no-warnings',
      join(dirname(wrangler), 'wrangler-dist/cli.js'),
      ...['dev', '--config', config, '--ip=127.0.0.1', `--port=${port}`, '--inspector-port=0'],
      ...['--persist-to', join(folder, 'empty-worker'), '--show-interactive-dev-session=false'],
    ],
    cwd: folder,
    env: {
      ...childEnv,
      CI: '1',
      CLOUDFLARE_CF_FETCH_ENABLED: 'false',
      WRANGLER_HIDE_BANNER: 'true',
      WRANGLER_REGISTRY_PATH: join(folder, 'registry'),
      WRANGLER_SEND_METRICS: 'false',
      WRANGLER_WRITE_LOGS: 'false',
    },
    logFile,
    pidFile: join(folder, 'empty-worker.pid'),
  });
  const until = microseconds() + readyWithinMs * 1_000;
  while (!(await answers(url))) {
    if (running.ended() !== undefined || microseconds() > until) {
      await running.stop(5_000);
      throw new Error(`The empty Worker did not get ready.${lastLines(logFile)}`);
    }
    await pause(100);
  }
  return {
    url,
    pid: running.pid,
    async [Symbol.asyncDispose]() {
      await running.stop(5_000);
    },
  };
}

async function answers(url: URL): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false; // it does not listen yet
  }
}
