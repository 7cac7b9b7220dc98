import type { SqlRunner } from '../sql.ts';

/**
 * Takes or keeps the turn at a duty that one hub at a time does for all, by the database's clock. It only saves double
 * work: a hub that was stopped in the middle may go on after its turn has ended.
 */
export async function takeTurn(sql: SqlRunner, name: string, holder: string, seconds: number): Promise<boolean> {
  await sql.run(`INSERT IGNORE INTO instance_settings (name, value) VALUES (?, '')`, [name]);
  // Instants in this form sort as text.
  const form = "'%Y-%m-%dT%H:%i:%s'";
  const { affectedRows } = await sql.run(
    `UPDATE instance_settings SET value = CONCAT(DATE_FORMAT(UTC_TIMESTAMP() + INTERVAL ? SECOND, ${form}), ' ', ?)
     WHERE name = ? AND (value < DATE_FORMAT(UTC_TIMESTAMP(), ${form}) OR value LIKE CONCAT('% ', ?))`,
    [seconds, holder, name, holder],
  );
  return affectedRows > 0;
}

/** Gives the turn up, if it still is this holder's, so that another need not wait for its end. */
export async function endTurn(sql: SqlRunner, name: string, holder: string): Promise<void> {
  await sql.run(`DELETE FROM instance_settings WHERE name = ? AND value LIKE CONCAT('% ', ?)`, [name, holder]);
}
