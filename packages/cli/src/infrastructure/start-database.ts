import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { lastLines, stopLeftover } from '../processes/start-process.ts';
import { StepError } from '../steps.mjs';
import { findProgram } from './find-program.ts';
import { freePort } from './free-port.ts';
import { keptPassword, type PrivateServer, startPrivateServer } from './private-server.ts';
import { databaseVersion } from './server-version.ts';

export interface StartDatabaseOptions {
  /** Everything of the server is in here: data, password, socket, log. */
  directory: string;
  port?: number;
  logFile?: string;
}

const databaseName = 'nexomatic';
const userName = 'nexomatic';
const stopWithinMs = 30_000;
/** A unix socket's path may have 107 bytes on Linux, 103 on macOS. */
const socketPathLimit = 100;

/** The installed server program, MariaDB's or MySQL's; MariaDB's only with the script that makes a data folder. */
export function findDatabaseProgram(): string | undefined {
  const program = findProgram('mariadbd', 'mysqld');
  return program && isMariadb(program) && !findInstaller() ? undefined : program;
}

function findInstaller(): string | undefined {
  return findProgram('mariadb-install-db', 'mysql_install_db');
}

/**
 * A private MariaDB or MySQL: made on the first start (about a second), started again on the same data later. It
 * listens on 127.0.0.1 only; the one user that can come in over TCP has a random password, kept 0600 in the folder.
 */
export async function startDatabase({ directory, port, logFile }: StartDatabaseOptions): Promise<PrivateServer> {
  const program = findDatabaseProgram();
  if (!program) throw new StepError('Neither mariadbd nor mysqld is installed.');
  const home = resolve(directory);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const files = {
    data: join(home, 'data'),
    temporary: join(home, 'tmp'),
    made: join(home, 'made'),
    pid: join(home, 'server.pid'),
    password: join(home, 'password'),
    grants: join(home, 'grants.sql'),
    log: logFile ? resolve(logFile) : join(home, 'server.log'),
  };
  await stopLeftover(files.pid, stopWithinMs);
  mkdirSync(files.temporary, { recursive: true, mode: 0o700 });
  const mariadb = isMariadb(program);
  if (!existsSync(files.made)) makeDataFolder({ program, mariadb, files });

  const password = keptPassword(files.password);
  writeGrants(files.grants, password, mariadb);
  const listenOn = port ?? (await freePort());
  return startPrivateServer({
    what: mariadb ? 'MariaDB' : 'MySQL',
    file: program,
    args: [
      '--no-defaults',
      `--datadir=${files.data}`,
      `--tmpdir=${files.temporary}`,
      `--socket=${socketPath(home)}`,
      `--port=${listenOn}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      `--init-file=${files.grants}`,
      `--pid-file=${join(home, 'mysqld.pid')}`,
      '--character-set-server=utf8mb4',
      '--collation-server=utf8mb4_bin',
      '--default-time-zone=+00:00',
      '--max-connections=300',
      '--max-allowed-packet=64M',
      '--innodb-buffer-pool-size=256M',
      ...(mariadb ? [] : ['--mysqlx=OFF', '--skip-log-bin']),
      ...asRoot(),
    ],
    cwd: home,
    pidFile: files.pid,
    logFile: files.log,
    port: listenOn,
    url: `mysql://${userName}:${password}@127.0.0.1:${listenOn}/${databaseName}`,
    probe: (probed) => databaseVersion({ port: probed }),
    stopWithinMs,
  });
}

function isMariadb(program: string): boolean {
  return /mariadb/i.test(execFileSync(program, ['--no-defaults', '--version'], { encoding: 'utf8' }));
}

/** Both servers refuse to run as root unless they are told to. */
function asRoot(): string[] {
  return process.getuid?.() === 0 ? ['--user=root'] : [];
}

interface DatabaseFiles {
  data: string;
  /** Of this server alone: at its start MariaDB removes the temporary tables in this folder, whoever made them. */
  temporary: string;
  made: string;
  log: string;
}

/** The mark is written last: a folder that was cut short in the making is made again from nothing. */
function makeDataFolder({
  program,
  mariadb,
  files,
}: {
  program: string;
  mariadb: boolean;
  files: DatabaseFiles;
}): void {
  rmSync(files.data, { recursive: true, force: true });
  mkdirSync(files.data, { recursive: true, mode: 0o700 });
  const installer = (mariadb && findInstaller()) || program;
  const how = mariadb ? ['--auth-root-authentication-method=socket', '--skip-test-db'] : ['--initialize-insecure'];
  try {
    const folders = [`--datadir=${files.data}`, `--tmpdir=${files.temporary}`];
    const output = execFileSync(installer, ['--no-defaults', ...folders, ...how, ...asRoot()], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    writeFileSync(files.log, output, { flag: 'a', mode: 0o600 });
  } catch (error) {
    const output = error as { stdout?: string; stderr?: string };
    writeFileSync(files.log, `${output.stdout ?? ''}${output.stderr ?? ''}`, { flag: 'a', mode: 0o600 });
    throw new StepError(`${installer} could not make the data folder ${files.data}.${lastLines(files.log)}`, {
      logFile: files.log,
      cause: error,
    });
  }
  writeFileSync(files.made, mariadb ? 'mariadb' : 'mysql');
}

/** Run by the server itself at each start, before it takes connections; one statement on a line, no client needed. */
function writeGrants(file: string, password: string, mariadb: boolean): void {
  const user = `'${userName}'@'127.0.0.1'`;
  const statements = [
    `CREATE DATABASE IF NOT EXISTS \`${databaseName}\` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;`,
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY '${password}';`,
    `ALTER USER ${user} IDENTIFIED BY '${password}';`,
    `GRANT ALL PRIVILEGES ON *.* TO ${user};`,
    // MariaDB's root is let in over the socket only (see makeDataFolder); MySQL's has no password when it is made.
    ...(mariadb ? [] : [`ALTER USER 'root'@'localhost' IDENTIFIED BY '${password}';`]),
  ];
  writeFileSync(file, `${statements.join('\n')}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
}

function socketPath(home: string): string {
  const inside = join(home, 'server.sock');
  if (Buffer.byteLength(inside) <= socketPathLimit) return inside;
  return join(tmpdir(), `nexomatic-${createHash('sha256').update(home).digest('hex').slice(0, 16)}.sock`);
}
