import { randomBytes } from 'node:crypto';
import { openDatabase } from '@nexomatic/db/database';
import { migrate } from '@nexomatic/db/migrate';
import { openSql } from '@nexomatic/db/open-sql';
import type { SqlRunner } from '@nexomatic/db/sql';
import { silentLogger } from '@nexomatic/logger';

/** Every schema of a run begins with the run's own prefix, so that they can be dropped together. */
export const newSchemaPrefix = (): string => `nx_test_${randomBytes(4).toString('hex')}_`;

/** The same server and user, another schema. */
export function urlOfSchema(serverUrl: string, schema: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${schema}`;
  return url.href;
}

/** Gives `work` one connection to that schema, and closes it afterwards. */
export async function withSql<T>(url: string, work: (sql: SqlRunner) => Promise<T>): Promise<T> {
  const { sql, close } = openSql({ url, connections: 1 });
  try {
    return await work(sql);
  } finally {
    await close();
  }
}

/** Makes an empty schema and returns its address. */
export async function createSchema(serverUrl: string, prefix: string): Promise<string> {
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await withSql(serverUrl, (sql) => sql.run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`));
  return urlOfSchema(serverUrl, name);
}

export async function dropSchemas(serverUrl: string, prefix: string): Promise<void> {
  await withSql(serverUrl, async (sql) => {
    const schemas = await sql.query<{ name: string }>(
      'SELECT schema_name AS name FROM information_schema.schemata WHERE LEFT(schema_name, ?) = ?',
      [prefix.length, prefix],
    );
    for (const { name } of schemas) await sql.run(`DROP DATABASE ${name}`);
  });
}

/** The statements that make a schema as the migrations leave it, faster than the migrations themselves. */
export async function statementsOfMigratedSchema(url: string): Promise<string[]> {
  const database = await openDatabase({ url, logger: silentLogger, connections: 2 });
  try {
    const applied = await migrate(database, { mode: 'auto' });
    const tables = await database.sql.query<{ name: string }>(
      'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
    );
    const creates: string[] = [];
    for (const { name } of tables) {
      const [row] = await database.sql.query<{ 'Create Table': string }>(`SHOW CREATE TABLE ${name}`);
      if (row) creates.push(row['Create Table']);
    }
    const names = applied.map((name) => `('${name}')`).join(',');
    return ['SET SESSION foreign_key_checks = 0', ...creates, `INSERT INTO migrations (name) VALUES ${names}`];
  } finally {
    await database.close();
  }
}
