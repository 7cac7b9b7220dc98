import type { SqlRunner } from '../sql.ts';

/** One fact about the whole installation; null when nobody noted it yet. */
export async function readInstanceSetting(sql: SqlRunner, name: string): Promise<string | null> {
  const [row] = await sql.query<{ value: string }>('SELECT value FROM instance_settings WHERE name = ?', [name]);
  return row?.value ?? null;
}

export async function writeInstanceSetting(sql: SqlRunner, name: string, value: string): Promise<void> {
  await sql.run(
    'INSERT INTO instance_settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE value = VALUES(value)',
    [name, value],
  );
}
