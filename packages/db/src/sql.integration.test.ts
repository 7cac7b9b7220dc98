import { testDatabase } from '@nexomatic/testkit/database';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { openSql } from './open-sql.ts';
import type { SqlRunner } from './sql.ts';

const database = await testDatabase();
const { sql, url } = database;

beforeAll(async () => {
  await sql.run('CREATE TABLE counters (id INT PRIMARY KEY, n INT NOT NULL) ENGINE = InnoDB');
});
beforeEach(async () => {
  await sql.run('DELETE FROM counters');
  await sql.run('INSERT INTO counters VALUES ?', [
    [
      [1, 0],
      [2, 0],
    ],
  ]);
});

const counters = async () => (await sql.query<{ n: number }>('SELECT n FROM counters ORDER BY id')).map((row) => row.n);
const add = (tx: SqlRunner, id: number) => tx.run('UPDATE counters SET n = n + 1 WHERE id = ?', [id]);

/** Settles for everybody once so many have arrived; later ones pass. */
function barrier(count: number): () => Promise<void> {
  let arrived = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  return () => {
    arrived += 1;
    if (arrived >= count) resolve();
    return promise;
  };
}

test('two transactions that lock each other out both succeed, because the loser is done again', async () => {
  let rounds = 0;
  const bothHoldOne = barrier(2);
  const addBoth = (first: number, second: number) =>
    sql.transaction(async (tx) => {
      rounds += 1;
      await add(tx, first);
      await bothHoldOne();
      await add(tx, second);
    });
  await Promise.all([addBoth(1, 2), addBoth(2, 1)]);
  expect(await counters()).toEqual([2, 2]);
  expect(rounds).toBe(3);
});

test('a transaction that waited too long for a lock is done again', async () => {
  const holding = Promise.withResolvers<void>();
  const letGo = Promise.withResolvers<void>();
  const holder = sql.transaction(async (tx) => {
    await add(tx, 1);
    holding.resolve();
    await letGo.promise;
  });
  await holding.promise;
  let rounds = 0;
  await sql.transaction(async (tx) => {
    rounds += 1;
    if (rounds === 2) letGo.resolve();
    await tx.run('SET SESSION innodb_lock_wait_timeout = 1');
    await add(tx, 1);
    // The connection goes back to the pool.
    await tx.run('SET SESSION innodb_lock_wait_timeout = 10');
  });
  await holder;
  expect(await counters()).toEqual([2, 0]);
  expect(rounds).toBe(2);
});

test.each([
  ['a deadlock', 1213],
  ['a lock time-out', 1205],
])('%s is tried four times in all, then passed on', async (_name, errno) => {
  let rounds = 0;
  const hopeless = sql.transaction(async (tx) => {
    rounds += 1;
    await tx.run(`SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = ${errno}, MESSAGE_TEXT = 'again'`);
  });
  await expect(hopeless).rejects.toThrow('again');
  expect(rounds).toBe(4);
});

test('a single statement that lost a deadlock is sent again', async () => {
  const before = sql.statements();
  await expect(sql.run("SIGNAL SQLSTATE '40001' SET MYSQL_ERRNO = 1213, MESSAGE_TEXT = 'again'")).rejects.toThrow(
    'again',
  );
  expect(sql.statements() - before).toBe(4);
});

test('work that throws is rolled back, not repeated, and its error comes through', async () => {
  let rounds = 0;
  const failure = new Error('no');
  const work = sql.transaction(async (tx) => {
    rounds += 1;
    await add(tx, 1);
    throw failure;
  });
  await expect(work).rejects.toBe(failure);
  expect(rounds).toBe(1);
  expect(await counters()).toEqual([0, 0]);
});

test('a refused statement rolls back what went before it', async () => {
  const work = sql.transaction(async (tx) => {
    await add(tx, 1);
    await tx.run('INSERT INTO counters VALUES (1, 5)');
  });
  await expect(work).rejects.toMatchObject({ errno: 1062 });
  expect(await counters()).toEqual([0, 0]);
});

test('deferred statements are sent in their order, before the next one that is asked about', async () => {
  await sql.transaction(async (tx) => {
    tx.defer('UPDATE counters SET n = 10 WHERE id = ?', [1]);
    tx.defer('UPDATE counters SET n = n + 5 WHERE id IN (?)', [[1, 2]]);
    expect(await tx.query('SELECT n FROM counters ORDER BY id')).toEqual([{ n: 15 }, { n: 5 }]);
    tx.defer('UPDATE counters SET n = n * 2 WHERE id = ?', [1]);
  });
  expect(await counters()).toEqual([30, 5]);
});

test('a deferred statement that changed another number of rows than it must gives the transaction up', async () => {
  const work = sql.transaction(async (tx) => {
    await add(tx, 1);
    tx.defer('UPDATE counters SET n = 9 WHERE id = ?', [2], (affected) => expect(affected).toBe(1));
    tx.defer('UPDATE counters SET n = 9 WHERE id = ?', [3], (affected) => {
      if (affected !== 1) throw new Error('no such counter');
    });
  });
  await expect(work).rejects.toThrow('no such counter');
  expect(await counters()).toEqual([0, 0]);
});

test('a deferred statement that is refused rolls back, and nothing after it is done', async () => {
  const work = sql.transaction(async (tx) => {
    tx.defer('UPDATE counters SET n = 9 WHERE id = ?', [1]);
    tx.defer('INSERT INTO counters VALUES (?, 5)', [1]);
    tx.defer('UPDATE counters SET n = 9 WHERE id = ?', [2]);
  });
  await expect(work).rejects.toMatchObject({ errno: 1062 });
  expect(await counters()).toEqual([0, 0]);
});

test('what a transaction has not committed is seen by nobody else', async () => {
  const seen = await sql.transaction(async (tx) => {
    await add(tx, 1);
    return counters();
  });
  expect(seen).toEqual([0, 0]);
  expect(await counters()).toEqual([1, 0]);
});

test('a transaction whose connection dies fails, changes nothing, and the pool goes on', async () => {
  const work = sql.transaction(async (tx) => {
    await add(tx, 1);
    const [row] = await tx.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
    await sql.run(`KILL ${row?.id}`);
    await add(tx, 2);
  });
  await expect(work).rejects.toThrow();
  expect(await counters()).toEqual([0, 0]);
});

test('statements are counted one by one, with BEGIN, COMMIT and ROLLBACK', async () => {
  const before = sql.statements();
  await sql.query('SELECT 1');
  expect(sql.statements() - before).toBe(1);
  await sql.transaction((tx) => add(tx, 1));
  expect(sql.statements() - before).toBe(4);
  const failing = sql.transaction(async (tx) => {
    await add(tx, 1);
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(sql.statements() - before).toBe(7);
  await sql.transaction(() => Promise.resolve());
  expect(sql.statements() - before).toBe(7);
});

test('an update counts the rows that met its condition, changed or not', async () => {
  expect(await sql.run('UPDATE counters SET n = 0')).toEqual({ affectedRows: 2 });
  expect(await sql.run('UPDATE counters SET n = 1 WHERE id = 1 AND n = 0')).toEqual({ affectedRows: 1 });
  expect(await sql.run('UPDATE counters SET n = 1 WHERE id = 1 AND n = 0')).toEqual({ affectedRows: 0 });
});

test('values come back as they went in, whatever they hold', async () => {
  await sql.run(
    'CREATE TABLE bag (id INT PRIMARY KEY, t TEXT, b BLOB, d DATETIME(3), f BOOLEAN, x DOUBLE) ENGINE = InnoDB',
  );
  const text = `'; DROP TABLE bag; -- \\ " \` ? \u0000 \n ünï 💥`;
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  const date = new Date(1_700_000_000_123);
  await sql.run('INSERT INTO bag VALUES ?', [
    [
      [1, text, bytes, date, true, 0.1],
      [2, null, bytes.subarray(250), null, false, -1e300],
    ],
  ]);
  const rows = await sql.query('SELECT * FROM bag WHERE id IN (?) ORDER BY id', [[1, 2]]);
  expect(rows).toEqual([
    { id: 1, t: text, b: Buffer.from(bytes), d: date, f: 1, x: 0.1 },
    { id: 2, t: null, b: Buffer.from(bytes.subarray(250)), d: null, f: 0, x: -1e300 },
  ]);
});

test('both doors have the session settings that are promised', async () => {
  const isolation = database.flavour === 'mariadb' ? '@@tx_isolation' : '@@transaction_isolation';
  const ask = `SELECT ${isolation} AS level, @@time_zone AS zone, @@sql_mode AS mode, @@innodb_lock_wait_timeout AS patience`;
  const [raw] = await sql.query(ask);
  const [orm] = await database.systemEm().execute(ask);
  for (const settings of [raw, orm]) {
    expect(settings).toMatchObject({ level: 'READ-COMMITTED', zone: '+00:00', patience: 10 });
    expect(settings).toHaveProperty('mode', expect.stringContaining('STRICT_TRANS_TABLES'));
    expect(settings).toHaveProperty('mode', expect.not.stringContaining('NO_BACKSLASH_ESCAPES'));
  }
});

test('a value that does not fit is an error and is not cut off', async () => {
  await expect(sql.run("INSERT INTO instance_settings VALUES (REPEAT('x', 65), '')")).rejects.toMatchObject({
    errno: 1406,
  });
});

test('a connection that the server closed is replaced', async () => {
  const own = openSql({ url, connections: 1 });
  const [row] = await own.sql.query<{ id: number }>('SELECT CONNECTION_ID() AS id');
  await sql.run(`KILL ${row?.id}`);
  const id = await waitFor(async () => (await own.sql.query<{ id: number }>('SELECT CONNECTION_ID() AS id'))[0]?.id, {
    what: 'the pool to replace its connection',
  });
  expect(id).not.toBe(row?.id);
  await own.close();
});
