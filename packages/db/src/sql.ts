import type { Pool, PoolConnection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';
import { retryLockFailures } from './retry-lock-failures.ts';

/**
 * A value for a `?`. Bytes go to BINARY and BLOB columns; an array becomes a list: `IN (?)` takes `[1, 2]`, `VALUES ?`
 * takes `[[1, 'a'], [2, 'b']]`.
 */
export type SqlValue = string | number | boolean | null | Date | Uint8Array | readonly SqlValue[];

/** Sends statements. BINARY and BLOB columns come back as Buffer, DATETIME as Date, TINYINT(1) as 0 or 1. */
export interface SqlRunner {
  query<Row extends object>(text: string, params?: SqlValue[]): Promise<Row[]>;
  /** `affectedRows` of an UPDATE are the rows that met its conditions, also those that already held the new values. */
  run(text: string, params?: SqlValue[]): Promise<{ affectedRows: number }>;
}

/** Raw SQL on a pool of its own: the event path, and whatever else is a statement rather than an entity. */
export interface Sql extends SqlRunner {
  /**
   * Commits if `work` returns, rolls back if it throws. After a deadlock or a lock time-out everything, `work` included,
   * is done again up to three times, so `work` must do nothing but send statements.
   */
  transaction<T>(work: (tx: SqlRunner) => Promise<T>): Promise<T>;
  /** Statements sent since the start, BEGIN, COMMIT and ROLLBACK included. */
  statements(): number;
}

export function createSql(pool: Pool): Sql {
  let sent = 0;

  function runnerOn(target: Pick<Pool, 'query'>): SqlRunner {
    return {
      async query<Row extends object>(text: string, params: SqlValue[] = []) {
        sent += 1;
        const [rows] = await target.query<(Row & RowDataPacket)[]>(text, params);
        return rows;
      },
      async run(text, params = []) {
        sent += 1;
        const [{ affectedRows }] = await target.query<ResultSetHeader>(text, params);
        return { affectedRows };
      },
    };
  }

  async function attempt<T>(connection: PoolConnection, work: (tx: SqlRunner) => Promise<T>): Promise<T> {
    const tx = runnerOn(connection);
    await tx.run('BEGIN');
    try {
      const outcome = await work(tx);
      await tx.run('COMMIT');
      return outcome;
    } catch (error) {
      // A connection that can't roll back is closed, which makes the server roll back.
      await tx.run('ROLLBACK').catch(() => connection.destroy());
      throw error;
    }
  }

  const direct = runnerOn(pool);
  return {
    // A single statement that lost a deadlock has changed nothing, so it is safe to send again as it is.
    query: (text, params) => retryLockFailures(() => direct.query(text, params)),
    run: (text, params) => retryLockFailures(() => direct.run(text, params)),
    transaction: (work) =>
      retryLockFailures(async () => {
        const connection = await pool.getConnection();
        try {
          return await attempt(connection, work);
        } finally {
          connection.release();
        }
      }),
    statements: () => sent,
  };
}
