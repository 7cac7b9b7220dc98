import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stopLeftover } from '../processes/start-process.ts';
import { StepError } from '../steps.mjs';
import { findProgram } from './find-program.ts';
import { freePort } from './free-port.ts';
import { keptPassword, type PrivateServer, startPrivateServer } from './private-server.ts';
import { redisVersion } from './server-version.ts';

export interface StartRedisOptions {
  /** Everything of the server is in here: data, settings with the password, log. */
  directory: string;
  port?: number;
  logFile?: string;
  /** Keeps what it holds over a restart (append-only file, written out each second). */
  appendOnly: boolean;
}

const stopWithinMs = 10_000;

/**
 * The installed server program. Debian's redis-tools carries the server under the name redis-check-rdb (one file that
 * looks at the name it was called by), without the service that the redis-server package would start.
 */
export function findRedisProgram(): { program: string; argv0: string } | undefined {
  const server = findProgram('redis-server', 'valkey-server');
  if (server) return { program: server, argv0: 'redis-server' };
  const checker = findProgram('redis-check-rdb', 'valkey-check-rdb');
  return checker ? { program: checker, argv0: 'redis-server' } : undefined;
}

/** A private Redis or Valkey on 127.0.0.1 with a random password, set as BullMQ needs it (nothing is ever evicted). */
export async function startRedis({ directory, port, logFile, appendOnly }: StartRedisOptions): Promise<PrivateServer> {
  const found = findRedisProgram();
  if (!found) throw new StepError('Neither redis-server nor valkey-server is installed.');
  const home = resolve(directory);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const pidFile = join(home, 'server.pid');
  await stopLeftover(pidFile, stopWithinMs);

  const password = keptPassword(join(home, 'password'));
  const listenOn = port ?? (await freePort());
  const settings = join(home, 'redis.conf');
  const lines = [
    'bind 127.0.0.1',
    `port ${listenOn}`,
    `requirepass ${password}`,
    `dir ${JSON.stringify(home)}`,
    'maxmemory-policy noeviction',
    `appendonly ${appendOnly ? 'yes' : 'no'}`,
    'save ""',
    'daemonize no',
  ];
  writeFileSync(settings, `${lines.join('\n')}\n`, { mode: 0o600 });

  return startPrivateServer({
    what: 'Redis',
    file: found.program,
    argv0: found.argv0,
    args: [settings],
    cwd: home,
    pidFile,
    logFile: logFile ? resolve(logFile) : join(home, 'server.log'),
    port: listenOn,
    url: `redis://:${password}@127.0.0.1:${listenOn}`,
    probe: (probed) => redisVersion({ port: probed, password }),
    stopWithinMs,
  });
}
