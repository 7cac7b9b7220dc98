import { createHash } from 'node:crypto';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import type { Database } from './database.ts';

export interface MigrationLock {
  /** Throws when the connection that holds the lock was lost: somebody else may be migrating by now. */
  assertHeld(): Promise<void>;
  release(): Promise<void>;
}

/**
 * `GET_LOCK` belongs to a connection and is the server's, not the schema's: so it has a connection of its own, and a
 * name made of the schema's. The server lets go of it if this process dies.
 */
export async function takeMigrationLock({ orm }: Database, timeoutSeconds: number): Promise<MigrationLock> {
  const schema = createHash('sha256')
    .update(orm.config.get('dbName') ?? '')
    .digest('hex')
    .slice(0, 32);
  const name = `nexomatic.migrate.${schema}`;
  const connection = await createConnection({ uri: orm.config.get('clientUrl'), connectTimeout: 5_000 });

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
      const held = await ask('IS_USED_LOCK(?) = CONNECTION_ID()', [name]);
      if (!held) throw new Error('the migration lock was lost');
    },
    // The lock goes with the connection.
    release: () => connection.end(),
  };
}
