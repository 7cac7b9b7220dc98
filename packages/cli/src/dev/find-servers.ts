import { createHash } from 'node:crypto';
import { chooseDatabase } from '../infrastructure/choose-database.ts';
import { chooseRedis } from '../infrastructure/choose-redis.ts';
import type { ChosenServer } from '../infrastructure/chosen-server.ts';
import { findPython, type Python } from '../infrastructure/find-python.ts';
import { installMissing, type SystemNeed } from '../infrastructure/install-packages.ts';
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
  const needs: SystemNeed[] = ['python'];
  if (!databaseUrl) needs.push('database');
  if (!redisUrl) needs.push('redis');
  await installMissing(needs, steps, state.log);
  signal.throwIfAborted();

  const where = { databaseUrl, redisUrl, stateDir: state.root, logFolder: state.log };
  const database = await chooseDatabase(where, steps);
  parts.add({ name: 'database', stop: database.stop });
  signal.throwIfAborted();
  const redis = await chooseRedis(where, steps);
  parts.add({ name: 'redis', stop: redis.stop });
  signal.throwIfAborted();

  const of = databaseUrl ? `-${createHash('sha256').update(databaseUrl).digest('hex').slice(0, 12)}` : '';
  return { database, redis, python: pythonForTheSink(), credentialsFile: state.secretFile(`demo${of}.json`) };
}

function pythonForTheSink(): Python {
  const python = findPython();
  if (python) return python;
  throw new StepError('The demo sink runs Python modules, and no Python 3.9 or newer was found.', {
    fix: [
      'Either install it:  sudo apt-get install -y python3     (macOS: brew install python)',
      'or name it:         NEXOMATIC_PYTHON=/path/to/python3 npm start',
    ],
  });
}
