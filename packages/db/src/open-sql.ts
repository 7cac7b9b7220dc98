import { createPool } from 'mysql2';
import { setSessionOnConnect } from './session.ts';
import { createSql, type Sql } from './sql.ts';

/** Where a pool connects to, and with how many connections at most. */
export interface PoolTarget {
  /** `mysql://user:password@host:port/schema` */
  url: string;
  connections: number;
}

/** Raw SQL alone, without entities. Connects when the first statement is sent. */
export function openSql({ url, connections }: PoolTarget): { sql: Sql; close(): Promise<void> } {
  const pool = createPool({
    uri: url,
    connectionLimit: connections,
    connectTimeout: 5_000,
    timezone: 'Z',
    charset: 'utf8mb4_bin',
    // Statements of a transaction share round trips. Values never reach the text unquoted: mysql2 escapes each.
    multipleStatements: true,
  });
  setSessionOnConnect(pool);
  const promised = pool.promise();
  return { sql: createSql(promised), close: () => promised.end() };
}
