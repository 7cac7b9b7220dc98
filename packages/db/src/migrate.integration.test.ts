import { silentLogger } from '@nexomatic/logger';
import { emptySchema } from '@nexomatic/testkit/database';
import { afterEach, expect, onTestFinished, test } from 'vitest';
import { type Database, openDatabase } from './database.ts';
import { migrate, NewerDatabaseError, PendingMigrationsError, pendingMigrations } from './migrate.ts';
import { migrationNames } from './migration-files.ts';
import { type MigrationLock, migrationLockName, takeMigrationLock } from './migration-lock.ts';

const all = await migrationNames();
const opened: Database[] = [];

async function open(url: string): Promise<Database> {
  const database = await openDatabase({ url, logger: silentLogger, connections: 2 });
  opened.push(database);
  return database;
}

afterEach(async () => {
  await Promise.all(opened.splice(0).map((database) => database.close()));
});

/** Holds the lock as another process would, until the test is over. */
async function holdLock(url: string): Promise<MigrationLock> {
  const lock = await takeMigrationLock(await open(url), 1);
  onTestFinished(() => lock.release());
  return lock;
}

const tables = async ({ sql }: Database): Promise<string[]> => {
  const rows = await sql.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY name',
  );
  return rows.map((row) => row.name);
};

test('an empty schema gets every migration in order, and the names of them are told', async () => {
  const database = await open(await emptySchema());
  expect(await pendingMigrations(database)).toEqual(all);
  expect(await migrate(database, { mode: 'auto' })).toEqual(all);
  expect(await tables(database)).toContain('events');
  expect(await pendingMigrations(database)).toEqual([]);
});

test('a schema that has everything is left alone', async () => {
  const database = await open(await emptySchema());
  await migrate(database, { mode: 'auto' });
  expect(await migrate(database, { mode: 'auto' })).toEqual([]);
  expect(await migrate(database, { mode: 'check' })).toEqual([]);
});

test('of two processes that migrate at once, one does all of it and both succeed', async () => {
  const url = await emptySchema();
  const results = await Promise.all([
    open(url).then((database) => migrate(database, { mode: 'auto' })),
    open(url).then((database) => migrate(database, { mode: 'auto' })),
  ]);
  expect(results.map((names) => names.length).sort((a, b) => a - b)).toEqual([0, all.length]);
});

test('a check applies nothing and names what is pending', async () => {
  const database = await open(await emptySchema());
  const check = migrate(database, { mode: 'check' });
  await expect(check).rejects.toThrow(PendingMigrationsError);
  await expect(check).rejects.toThrow(`${all.length} migrations are to be applied first: ${all.join(', ')}`);
  expect(await tables(database)).toEqual([]);
});

test.each(['auto', 'check'] as const)('a database of a newer version is refused (%s)', async (mode) => {
  const database = await open(await emptySchema());
  await migrate(database, { mode: 'auto' });
  await database.sql.run("INSERT INTO migrations (name) VALUES ('29990101000000_add_something')");
  const refused = migrate(database, { mode });
  await expect(refused).rejects.toThrow(NewerDatabaseError);
  await expect(refused).rejects.toThrow('does not know 29990101000000_add_something');
});

test('a migration that fails is named and not recorded, and what went before it stays', async () => {
  const database = await open(await emptySchema());
  await database.sql.run('CREATE TABLE users (id INT PRIMARY KEY)');
  const failing = all.find((name) => name.endsWith('_create_users'));
  await expect(migrate(database, { mode: 'auto' })).rejects.toThrow(`migration ${failing} failed`);
  expect((await pendingMigrations(database))[0]).toBe(failing);
  await database.sql.run('DROP TABLE users');
  expect((await migrate(database, { mode: 'auto' }))[0]).toBe(failing);
});

test('whoever waits too long for another process gives up and says so', async () => {
  const url = await emptySchema();
  await holdLock(url);
  await expect(migrate(await open(url), { mode: 'auto', lockTimeoutSeconds: 1 })).rejects.toThrow(
    'another process has been migrating this database for more than 1 s',
  );
});

test('schemas on one server do not wait for each other', async () => {
  await holdLock(await emptySchema());
  expect(await migrate(await open(await emptySchema()), { mode: 'auto', lockTimeoutSeconds: 1 })).toEqual(all);
});

test('a lock whose connection was cut is noticed before the next migration', async () => {
  const url = await emptySchema();
  const database = await open(url);
  const lock = await holdLock(url);
  await lock.assertHeld();
  const [holder] = await database.sql.query<{ id: number }>('SELECT IS_USED_LOCK(?) AS id', [
    migrationLockName(database),
  ]);
  await database.sql.run(`KILL ${holder?.id}`);
  await expect(lock.assertHeld()).rejects.toThrow();
});
