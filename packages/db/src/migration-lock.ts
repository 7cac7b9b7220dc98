import { createHash } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Database } from './database.ts';

export interface MigrationLock {
  /** Throws when the connection that holds the lock was lost: somebody else may be migrating by now. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/** A `GET_LOCK` name is the server's and not the schema's, and has 64 characters at most. */
export function migrationLockName({ orm }: Database): string {
  const schema = orm.config.get('dbName') ?? '';
  return `nexomatic.migrate.${createHash('sha256').update(schema).digest('hex').slice(0, 32)}`;
}

/** The lock belongs to a connection, so it gets one of its own. The server lets go of it if this process dies. */
export async function takeMigrationLock(database: Database, timeoutSeconds: number): Promise<MigrationLock> {
  const name = migrationLockName(database);
  const connection = await createConnection({ uri: database.orm.config.get('clientUrl'), connectTimeout: 5_000 });
  let lost = false;
  // Without a listener, a connection that is cut while it is idle ends the process.
  connection.on('error', () => {
    lost = true;
  });

  async function ask(text: string, params: (string | number)[]): Promise<boolean> {
    const [rows] = await connection.query<RowDataPacket[]>(`SELECT (${text}) AS answer`, params);
    return rows[0]?.answer === 1;
  }

  try {
    // A long migration leaves this connection idle; the server must not take that for dead.
    await connection.query('SET SESSION wait_timeout = 28800');
    if (!(await ask('GET_LOCK(?, ?)', [name, timeoutSeconds]))) {
      throw new Error(`another process has been migrating this database for more than ${timeoutSeconds} s`);
    }
  } catch (error) {
    connection.destroy();
    throw error;
  }
  return {
    async assertHeld() {
      const held = !lost && (await ask('IS_USED_LOCK(?) = CONNECTION_ID()', [name]));
      if (!held) throw new Error('the migration lock was lost');
    },
    // The lock goes with the connection.
    release: () => connection.end().catch(() => connection.destroy()),
  };
}
