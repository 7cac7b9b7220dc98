import { join } from 'node:path';
import { StepError, type Steps } from '../steps.mjs';
import { type ChosenServer, type InfrastructureOptions, startedServer } from './chosen-server.ts';
import { startContainer } from './docker-container.ts';
import { keptPassword } from './private-server.ts';
import { redisVersion } from './server-version.ts';
import { findRedisProgram, startRedis } from './start-redis.ts';

/** Redis or Valkey in the same order as the database. */
export function chooseRedis(options: InfrastructureOptions, steps: Steps): Promise<ChosenServer> {
  const doing = options.redisUrl ? 'connecting to REDIS_URL' : 'starting Redis';
  return steps.during(
    'redis',
    doing,
    () => find(options),
    ({ version, how }) => `${version} (${how})`,
  );
}

async function find({ redisUrl, stateDir, logFolder }: InfrastructureOptions): Promise<ChosenServer> {
  const directory = join(stateDir, 'redis');
  if (redisUrl) return given(redisUrl);
  if (findRedisProgram()) {
    const logFile = join(logFolder, 'redis.log');
    return startedServer({
      name: 'redis',
      directory,
      start: (port) => startRedis({ directory, logFile, appendOnly: true, ...(port ? { port } : {}) }),
    });
  }
  return inDocker(stateDir, logFolder);
}

async function given(redisUrl: string): Promise<ChosenServer> {
  const url = URL.parse(redisUrl);
  const port = Number(url?.port || 6379);
  const how = `REDIS_URL, ${url?.hostname ?? '(no host)'}:${port}`;
  // A TLS address is left to the hub's own client to try.
  if (url?.protocol === 'rediss:')
    return { url: redisUrl, version: 'Redis over TLS', how, pids: {}, stop: async () => undefined };
  const login = { user: decodeURIComponent(url?.username ?? ''), password: decodeURIComponent(url?.password ?? '') };
  const version = url ? await redisVersion({ host: url.hostname, port, ...login }) : undefined;
  if (!version) {
    throw new StepError(`No Redis answers at ${url?.hostname ?? '(no host)'}:${port}, which REDIS_URL names.`, {
      fix: [
        'Start it or mend REDIS_URL (redis://:password@host:6379),',
        'or unset REDIS_URL to have a private one started.',
      ],
    });
  }
  return { url: redisUrl, version, how, pids: {}, stop: async () => undefined };
}

async function inDocker(stateDir: string, logFolder: string): Promise<ChosenServer> {
  const password = keptPassword(join(stateDir, 'redis-password'));
  const container = await startContainer({
    name: 'redis',
    image: 'redis:7',
    port: 6379,
    dataFolder: '/data',
    env: { REDIS_PASSWORD: password },
    command: [
      'sh',
      '-c',
      'exec redis-server --requirepass "$REDIS_PASSWORD" --appendonly yes --maxmemory-policy noeviction',
    ],
    directory: stateDir,
    logFolder,
    probe: (port) => redisVersion({ port, password }),
  });
  const url = `redis://:${password}@127.0.0.1:${container.port}`;
  return { url, version: container.version, how: 'Docker container', pids: {}, stop: container.stop };
}
