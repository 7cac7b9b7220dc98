import type { Pool, PoolConnection } from 'mysql2';

/**
 * What every connection of ours promises, whatever the server's own settings are:
 * - READ COMMITTED: a claim or sweep locks the rows it takes and not the gaps between them;
 * - UTC, so that DATETIME columns and NOW(3) mean the same on every server;
 * - strict mode without NO_BACKSLASH_ESCAPES: a value that doesn't fit is an error, never cut off, and the client's
 *   quoting of values is the server's;
 * - a lock is waited for 10 s at most (the server's default of 50 s would hold a hub's batch for as long).
 */
export const sessionStatements = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  `SET SESSION time_zone = '+00:00', innodb_lock_wait_timeout = 10, sql_mode = '${[
    'ONLY_FULL_GROUP_BY',
    'STRICT_TRANS_TABLES',
    'NO_ZERO_IN_DATE',
    'NO_ZERO_DATE',
    'ERROR_FOR_DIVISION_BY_ZERO',
    'NO_ENGINE_SUBSTITUTION',
  ].join(',')}'`,
] as const;

/** The part of a mysql2 pool that is needed here; the ORM brings a copy of mysql2 with types of its own. */
type SettablePool = Pick<Pool, 'on'>;

/** Sends the settings on every new connection, ahead of its first statement. One that can't take them is closed. */
export function setSessionOnConnect(pool: SettablePool): void {
  pool.on('connection', (connection: PoolConnection) => {
    for (const statement of sessionStatements) {
      connection.query(statement, (error) => {
        // The statement that waits behind this one then fails with a lost connection instead of running unprotected.
        if (error) connection.destroy();
      });
    }
  });
}
