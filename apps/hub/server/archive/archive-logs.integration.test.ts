import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { archiveAll, archiverIn, dayMs, everythingOf, type LogPiece, record, runWithLog } from './testing/old-logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-archive-'));
const database = await testDatabase();
const redisUrl = await testRedis();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl, blobStore: { kind: 'file', folder } });
const other = await openTestHub({ databaseUrl: database.url, redisUrl, blobStore: { kind: 'file', folder } });
const { sql } = database;
const eventTypeId = await hub.addEventType('logs');
afterAll(async () => {
  await hub.close();
  await other.close();
  rmSync(folder, { recursive: true });
});

/** The turn of a hub that was killed ends by itself after two minutes. */
beforeEach(async () => {
  await sql.run(`DELETE FROM instance_settings WHERE name LIKE 'archive.%'`);
});

const hostile: LogPiece[] = [
  ['stdout', 'one\ntw'],
  ['record', record('started')],
  ['stderr', 'größe 😀\n'],
  ['stdout', 'o\n', 2],
  ['record', record('broken', 'error')],
  ['stdout', Uint8Array.of(0, 0xff, 0xfe, 0x0a, 0x1b, 0x5b, 0x33, 0x31)],
  ['stdout', '"}\n{"event":"'],
];

const count = async (table: string, id: Id<'event'>): Promise<number> => {
  const [row] = await sql.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ? AND event_id = ?`,
    [idToBytes(hub.tenantId), idToBytes(id)],
  );
  return Number(row?.n);
};

const archives = () =>
  sql.query<{ kind: string; state: string; n: number }>(
    `SELECT kind, state, COUNT(*) AS n FROM log_archives WHERE tenant_id = ? GROUP BY kind, state ORDER BY kind, state`,
    [idToBytes(hub.tenantId)],
  );

test('logs stay in the database for their hot days and are the same byte for byte from the archive', async () => {
  const id = await runWithLog(hub, eventTypeId, hostile);
  const before = await everythingOf(hub, id);
  expect(before.archived).toBe(false);
  expect(before.log.chunks).toHaveLength(7);

  await archiveAll(archiverIn(hub, 13));
  expect(await count('log_chunks', id)).toBe(7);

  await archiveAll(archiverIn(hub, 16));
  expect(await count('log_chunks', id)).toBe(0);
  expect(await count('log_records', id)).toBe(0);
  expect(await everythingOf(hub, id)).toEqual({ ...before, archived: true });
  expect(await everythingOf({ ...hub, services: other.services }, id)).toEqual({ ...before, archived: true });
  expect(await archives()).toEqual([
    { kind: 'output', state: 'settled', n: 1 },
    { kind: 'records', state: 'settled', n: 1 },
  ]);
});

test('a log that runs is never archived, however old its event is', async () => {
  const id = await hub.fire(eventTypeId);
  await hub.claim(id);
  await archiveAll(archiverIn(hub, 400));
  expect((await everythingOf(hub, await runWithLog(hub, eventTypeId, hostile))).archived).toBe(false);
  expect(await count('log_archive_parts', id)).toBe(0);
});

test('a log whose records stay longer than its output is read from both places as one, in order', async () => {
  await sql.run('UPDATE tenants SET retention = ? WHERE id = ?', ['{"recordHotDays":1000}', idToBytes(hub.tenantId)]);
  const id = await runWithLog(hub, eventTypeId, hostile);
  const before = await everythingOf(hub, id);
  await archiveAll(archiverIn(hub, 16));
  expect(await count('log_chunks', id)).toBe(2);
  expect(await everythingOf(hub, id)).toEqual({ ...before, archived: true });
  await sql.run(`UPDATE tenants SET retention = '{}' WHERE id = ?`, [idToBytes(hub.tenantId)]);
  await archiveAll(archiverIn(hub, 16));
  expect(await count('log_chunks', id)).toBe(0);
  expect(await everythingOf(hub, id)).toEqual({ ...before, archived: true });
});

test('an event type may keep its logs in the database for longer or shorter than its tenant', async () => {
  const [short, long] = [await hub.addEventType('short'), await hub.addEventType('long')];
  const setting = 'UPDATE event_types SET retention = ? WHERE id = ?';
  await sql.run(setting, ['{"outputHotDays":2,"recordHotDays":2}', idToBytes(short)]);
  await sql.run(setting, ['{"outputHotDays":60,"recordHotDays":60}', idToBytes(long)]);
  const types = [short, eventTypeId, long];
  const ids = await Promise.all(types.map((type) => runWithLog(hub, type, hostile)));
  const hot = () => Promise.all(ids.map((id) => count('log_chunks', id)));
  await archiveAll(archiverIn(hub, 4));
  expect(await hot()).toEqual([0, 7, 7]);
  await archiveAll(archiverIn(hub, 16));
  expect(await hot()).toEqual([0, 0, 7]);
  await archiveAll(archiverIn(hub, 62));
  expect(await hot()).toEqual([0, 0, 0]);
});

test('two hubs at once archive every log once', async () => {
  const ids = await Promise.all(Array.from({ length: 12 }, () => runWithLog(hub, eventTypeId, hostile)));
  const before = await Promise.all(ids.map((id) => everythingOf(hub, id)));
  // Each with the turn taken, as when one was held up for longer than it lasts.
  const rounds = [hub, other].map(async (one) => {
    const archive = archiverIn(one, 16);
    for (let i = 0; i < 6; i++) {
      await sql.run(`DELETE FROM instance_settings WHERE name = 'archive.turn'`);
      await archive();
    }
  });
  await Promise.all(rounds);
  await archiveAll(archiverIn(hub, 16));
  const after = await Promise.all(ids.map((id) => everythingOf(hub, id)));
  expect(after).toEqual(before.map((one) => ({ ...one, archived: true })));
  for (const id of ids) expect([await count('log_chunks', id), await count('log_archive_parts', id)]).toEqual([0, 2]);
});

const program = new URL('./testing/archive-until-killed.ts', import.meta.url).pathname;

test.each([
  ['half of the object was sent', 'sending'],
  ['the object was stored', 'stored'],
  ['it was read back', 'verified'],
  ['it was committed', 'committed'],
  ['some rows were deleted', 'deleting'],
])(
  'a hub that is killed after %s leaves every line readable, none twice, and the next one ends its work',
  async (_when, point) => {
    const ids = await Promise.all(Array.from({ length: 3 }, () => runWithLog(hub, eventTypeId, hostile)));
    const before = await Promise.all(ids.map((id) => everythingOf(hub, id)));
    const child = spawn(process.execPath, [program, database.url, folder, point, String(16 * dayMs)], {
      stdio: 'inherit',
    });
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const between = await Promise.all(ids.map((id) => everythingOf(hub, id)));
    expect(between.map(({ log }) => log)).toEqual(before.map(({ log }) => log));

    await sql.run(`DELETE FROM instance_settings WHERE name = 'archive.turn'`);
    await archiveAll(archiverIn(hub, 16));
    const after = await Promise.all(ids.map((id) => everythingOf(hub, id)));
    expect(after).toEqual(before.map((one) => ({ ...one, archived: true })));
    for (const id of ids) expect([await count('log_chunks', id), await count('log_archive_parts', id)]).toEqual([0, 2]);

    // What it had begun to write, and nothing refers to, goes once nobody can still be at it.
    await archiveAll(archiverIn(hub, 16, { laterMs: 3_600_000 }));
    await archiveAll(archiverIn(hub, 16, { laterMs: 3_600_000 }));
    expect((await archives()).map(({ state }) => state)).toEqual(['settled', 'settled']);
    expect((await Promise.all(ids.map((id) => everythingOf(hub, id)))).map(({ log }) => log)).toEqual(
      before.map(({ log }) => log),
    );
  },
);
