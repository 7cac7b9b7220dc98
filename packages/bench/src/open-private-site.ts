import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@nexomatic/db/database';
import { migrate } from '@nexomatic/db/migrate';
import { silentLogger } from '@nexomatic/logger';
import type { Servers } from './contestant.ts';
import { startServers } from './start-servers.ts';

export interface PrivateSite {
  /** Of this run alone; gone when the stack is disposed of. */
  folder: string;
  servers: Servers;
  /** Migrated and empty. */
  database: Database;
}

/** A folder, a private Redis and a private database with the tables of the product; `stack` takes them away again. */
export async function openPrivateSite(name: string, stack: AsyncDisposableStack): Promise<PrivateSite> {
  const folder = mkdtempSync(join(tmpdir(), `nexomatic-${name}-`));
  stack.defer(() => rmSync(folder, { recursive: true, force: true }));
  const servers = await startServers(folder, stack);
  const database = await openDatabase({ url: servers.database.url, logger: silentLogger, connections: 2 });
  stack.defer(() => database.close());
  await migrate(database, { mode: 'auto' });
  return { folder, servers, database };
}
