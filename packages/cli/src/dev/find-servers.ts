import { createHash } from 'node:crypto';
import type { Python } from '@nexomatic/sink/runner/find-python';
import { env } from '../env.ts';
import { chooseDatabase } from '../infrastructure/choose-database.ts';
import { chooseRedis } from '../infrastructure/choose-redis.ts';
import type { ChosenServer } from '../infrastructure/chosen-server.ts';
import { dockerAnswers } from '../infrastructure/docker-container.ts';
import { installMissing, type SystemNeed, systemNeeds } from '../infrastructure/install-packages.ts';
import { pythonHere } from '../infrastructure/python-here.ts';
import { StepError } from '../steps.mjs';
import { secretSetting } from './settings.ts';
import type { StartContext } from './start-everything.ts';

export interface Servers {
  database: ChosenServer;
  redis: ChosenServer;
  python: Python;
  /** Where the demo's tokens are kept: they belong to one database. */
  credentialsFile: string;
}

/** What the product needs of the machine: found, installed or started, in this order. */
export async function findServers({ state, steps, parts, signal }: StartContext): Promise<Servers> {
  const databaseUrl = secretSetting('DATABASE_URL');
  const redisUrl = secretSetting('REDIS_URL');
  const needs: SystemNeed[] = [];
  if (!env.NEXOMATIC_PYTHON) needs.push('python');
  if (!databaseUrl) needs.push('database');
  if (!redisUrl) needs.push('redis');
  refuseWithout(await installMissing(needs, steps, state.log));
  const python = await pythonHere(env.NEXOMATIC_PYTHON);
  signal.throwIfAborted();

  const where = { databaseUrl, redisUrl, stateDir: state.root, logFolder: state.log };
  const database = await chooseDatabase(where, steps);
  parts.add({ name: 'database', stop: database.stop });
  signal.throwIfAborted();
  const redis = await chooseRedis(where, steps);
  parts.add({ name: 'redis', stop: redis.stop });
  signal.throwIfAborted();

  const of = databaseUrl ? `-${createHash('sha256').update(databaseUrl).digest('hex').slice(0, 12)}` : '';
  return {
    database,
    redis,
    python,
    credentialsFile: state.secretFile(`demo${of}.json`),
  };
}

/** One fault for all that is missing, with the two ways out. Docker can stand in for the servers, not for Python. */
function refuseWithout(open: SystemNeed[]): void {
  const docker = open.length > 0 && dockerAnswers();
  const missing = open.filter((need) => need === 'python' || !docker);
  if (missing.length === 0) return;
  const packages = missing.flatMap((need) => systemNeeds[need].packages).join(' ');
  const given: Partial<Record<SystemNeed, string>> = {
    database: 'DATABASE_URL=mysql://user:password@host:3306/nexomatic',
    redis: 'REDIS_URL=redis://:password@host:6379',
    python: 'NEXOMATIC_PYTHON=/path/to/python3',
  };
  throw new StepError(`Not found here: ${missing.map((need) => systemNeeds[need].what).join(', ')}.`, {
    fix: [
      'apt-get could not install it without a password, and no Docker engine answers. Either install it and start again:',
      `  sudo apt-get install -y --no-install-recommends ${packages} && npm start`,
      'or name what you have elsewhere:',
      `  ${missing.map((need) => given[need]).join(' ')} npm start`,
    ],
  });
}
