import { type Database, openDatabase } from '@nexomatic/db/database';
import { silentLogger } from '@nexomatic/logger';
import { afterAll, inject } from 'vitest';
import type {} from './global-setup.ts';
import { createSchema, withSql } from './schema.ts';

export interface TestDatabase extends Database {
  /** For processes that a test starts. */
  readonly url: string;
}

/** The address of a new, empty schema. */
export function emptySchema(): Promise<string> {
  const { databaseUrl, schemaPrefix } = inject('servers');
  return createSchema(databaseUrl, schemaPrefix);
}

/**
 * A new migrated schema and the connections to it. Call it at the top of a test file, or of a `describe`:
 * `const database = await testDatabase();`. It is closed after the last test there, and goes with the run.
 */
export async function testDatabase(options: { connections?: number } = {}): Promise<TestDatabase> {
  const url = await emptySchema();
  await withSql(url, async (sql) => {
    for (const statement of inject('servers').schemaStatements) await sql.run(statement);
  });
  const database = await openDatabase({ url, logger: silentLogger, ...options });
  afterAll(() => database.close());
  return { ...database, url };
}
