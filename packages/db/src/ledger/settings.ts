import type { SqlRunner } from '../sql.ts';

/** Settings of the whole instance, kept by name. */
export async function readSetting(sql: SqlRunner, name: string): Promise<string | null> {
  const [row] = await sql.query<{ value: string }>('SELECT value FROM instance_settings WHERE name = ?', [name]);
  return row?.value ?? null;
}

/** Writes the setting unless it has a value already, and gives the value that stands. */
export async function writeSettingOnce(sql: SqlRunner, name: string, value: string): Promise<string> {
  await sql.run('INSERT INTO instance_settings (name, value) VALUES (?, ?) ON DUPLICATE KEY UPDATE name = name', [
    name,
    value,
  ]);
  return (await readSetting(sql, name)) ?? value;
}
