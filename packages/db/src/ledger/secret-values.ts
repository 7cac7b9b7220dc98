import type { SqlRunner } from '../sql.ts';

const mostWiped = 500;

/** Wipes replaced values of every tenant whose time is over; who set them and when stays. True when there may be more. */
export async function wipeReplacedValues(sql: SqlRunner, now: Date): Promise<boolean> {
  const { affectedRows } = await sql.run(
    `UPDATE secret_values SET box = NULL, key_id = NULL, kept_until = NULL WHERE kept_until <= ? LIMIT ${mostWiped}`,
    [now],
  );
  return affectedRows === mostWiped;
}
