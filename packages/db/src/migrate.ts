import { Migrator } from '@mikro-orm/migrations';
import type { Database } from './database.ts';
import { migrationNames, migrationsFolder } from './migration-files.ts';
import { type MigrationLock, takeMigrationLock } from './migration-lock.ts';

/** The database was migrated by a newer version of the product; running on it could destroy what that one keeps. */
export class NewerDatabaseError extends Error {
  override name = 'NewerDatabaseError';
}

/** There are migrations to apply and this process was told not to. */
export class PendingMigrationsError extends Error {
  override name = 'PendingMigrationsError';
}

async function appliedNames({ sql }: Database): Promise<string[]> {
  const [table] = await sql.query(
    "SELECT 1 FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'migrations'",
  );
  if (table === undefined) return [];
  const rows = await sql.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
  return rows.map((row) => row.name);
}

/** Names of the migrations that the database lacks, oldest first. Throws for a database that is newer than this code. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const [known, applied] = await Promise.all([migrationNames(), appliedNames(database)]);
  const unknown = applied.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new NewerDatabaseError(
      `the database is newer than this version, which does not know ${unknown.join(', ')}: ` +
        'start the version that migrated it, or restore a backup of before',
    );
  }
  return known.filter((name) => !applied.includes(name));
}

async function applyPending(database: Database, lock: MigrationLock): Promise<string[]> {
  // The list is read again under the lock: whoever held it before may have done the work.
  const pending = await pendingMigrations(database);
  const migrator = new Migrator(database.orm.em);
  for (const name of pending) {
    await lock.assertHeld();
    try {
      await migrator.up({ migrations: [name] });
    } catch (cause) {
      throw new Error(`migration ${name} failed: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }
  }
  return pending;
}

/**
 * Brings the tables to what this version needs and returns the names of what it applied, oldest first. `check` applies
 * nothing and throws where something is pending. Any number of processes may call it at once: one migrates, the others
 * wait for it for up to `lockTimeoutSeconds`.
 */
export async function migrate(
  database: Database,
  { mode, lockTimeoutSeconds = 120 }: { mode: 'auto' | 'check'; lockTimeoutSeconds?: number },
): Promise<string[]> {
  const pending = await pendingMigrations(database);
  if (pending.length === 0) return [];
  if (mode === 'check') {
    throw new PendingMigrationsError(`${pending.length} migrations are to be applied first: ${pending.join(', ')}`);
  }
  database.orm.config.set('migrations', { ...database.orm.config.get('migrations'), path: migrationsFolder });
  const lock = await takeMigrationLock(database, lockTimeoutSeconds);
  try {
    return await applyPending(database, lock);
  } finally {
    await lock.release();
  }
}
