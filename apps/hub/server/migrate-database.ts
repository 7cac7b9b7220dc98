import { openDatabase } from '@nexomatic/db/database';
import { migrate } from '@nexomatic/db/migrate';
import type { Logger } from '@nexomatic/logger';
import type { HubEnv } from './env.ts';

/** How long a hub waits for another one that is migrating the same database. */
const lockTimeoutSeconds = 120;

/** Brings the database to this version's schema, or (NEXOMATIC_MIGRATE=check) refuses to go on with another one. */
export async function migrateDatabase(env: HubEnv, logger: Logger): Promise<void> {
  if (env.migrate === 'off') return;
  const database = await openDatabase({ url: env.databaseUrl, logger, connections: 2 });
  try {
    const applied = await migrate(database, { mode: env.migrate, lockTimeoutSeconds });
    logger.info({ applied: applied.length }, 'database.migrated');
  } finally {
    await database.close();
  }
}
