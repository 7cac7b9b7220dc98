import { join } from 'node:path';
import { StepError, type Steps } from '../steps.mjs';
import { type ChosenServer, type InfrastructureOptions, startedServer } from './chosen-server.ts';
import { startContainer } from './docker-container.ts';
import { keptPassword } from './private-server.ts';
import { databaseVersion } from './server-version.ts';
import { findDatabaseProgram, startDatabase } from './start-database.ts';

/** The database in the order that the README gives: a given URL, an installed server, Docker. */
export function chooseDatabase(options: InfrastructureOptions, steps: Steps): Promise<ChosenServer> {
  const doing = options.databaseUrl ? 'connecting to DATABASE_URL' : 'starting the database';
  return steps.during(
    'database',
    doing,
    () => find(options),
    ({ version, how }) => `${version} (${how})`,
  );
}

async function find({ databaseUrl, stateDir, logFolder }: InfrastructureOptions): Promise<ChosenServer> {
  const directory = join(stateDir, 'db');
  if (databaseUrl) return given(databaseUrl);
  if (findDatabaseProgram()) {
    const logFile = join(logFolder, 'database.log');
    return startedServer({
      name: 'database',
      directory,
      start: (port) => startDatabase({ directory, logFile, ...(port ? { port } : {}) }),
    });
  }
  return inDocker(stateDir, logFolder);
}

async function given(databaseUrl: string): Promise<ChosenServer> {
  const url = URL.parse(databaseUrl);
  const port = Number(url?.port || 3306);
  const version = url ? await databaseVersion({ host: url.hostname, port }) : undefined;
  if (!version) {
    throw new StepError(
      `No MySQL or MariaDB answers at ${url?.hostname ?? '(no host)'}:${port}, which DATABASE_URL names.`,
      {
        fix: [
          'Start it or mend DATABASE_URL (mysql://user:password@host:3306/nexomatic),',
          'or unset DATABASE_URL to have a private one started.',
        ],
      },
    );
  }
  return {
    url: databaseUrl,
    version,
    how: `DATABASE_URL, ${url?.hostname}:${port}`,
    pids: {},
    stop: async () => undefined,
  };
}

async function inDocker(stateDir: string, logFolder: string): Promise<ChosenServer> {
  const password = keptPassword(join(stateDir, 'database-password'));
  const container = await startContainer({
    name: 'db',
    image: 'mariadb:10.11',
    port: 3306,
    dataFolder: '/var/lib/mysql',
    env: {
      MARIADB_RANDOM_ROOT_PASSWORD: '1',
      MARIADB_DATABASE: 'nexomatic',
      MARIADB_USER: 'nexomatic',
      MARIADB_PASSWORD: password,
    },
    command: ['--character-set-server=utf8mb4', '--collation-server=utf8mb4_bin', '--max-allowed-packet=64M'],
    directory: stateDir,
    logFolder,
    probe: (port) => databaseVersion({ port }),
  });
  const url = `mysql://nexomatic:${password}@127.0.0.1:${container.port}/nexomatic`;
  return { url, version: container.version, how: 'Docker container', pids: {}, stop: container.stop };
}
