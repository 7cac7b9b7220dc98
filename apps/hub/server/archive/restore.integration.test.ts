import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { createArchivedLogs } from './archived-logs.ts';
import { createBlobs } from './blobs.ts';
import { purgeEvent } from './purge-event.ts';
import { readArchiveStatus } from './read-status.ts';
import { restoreLogs } from './restore-logs.ts';
import { createRestorer } from './restorer.ts';
import { archiveAll, archiverIn, dayMs, everythingOf, type LogPiece, record, runWithLog } from './testing/old-logs.ts';

const root = mkdtempSync(join(tmpdir(), 'nexomatic-archive-'));
const folder = join(root, 'store');
const blobStore = { kind: 'file' as const, folder };
const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis(), blobStore });
const { sql } = database;
const { tenantId } = hub;
const eventTypeId = await hub.addEventType('logs');
afterAll(async () => {
  await hub.close();
  rmSync(root, { recursive: true });
});
beforeEach(async () => {
  await sql.run(`DELETE FROM instance_settings WHERE name LIKE 'archive.%'`);
});

const at = (days: number) => ({ ...systemClock, now: () => systemClock.now() + days * dayMs });
const restorerIn = (days: number) => createRestorer({ ...hub.services, clock: at(days) });
const ask = (event: Id<'event'>, days = 7) =>
  restoreLogs({ ...hub.services, clock: at(16) }, tenantId, systemActor, { event, days, limit: 100 });

/** Of many chunks and blocks, with lines that chunks cut. */
const pieces: LogPiece[] = Array.from({ length: 130 }, (_, i): LogPiece[] => [
  ['stdout', `${String(i).repeat(2_000)}\nopen `],
  ['record', record(`record ${i}`, i % 7 === 0 ? 'error' : 'info')],
]).flat();
const few: LogPiece[] = [
  ['stdout', 'one\ntw'],
  ['record', record('started')],
  ['stdout', 'o\n', 2],
];

async function archivedLog(of: LogPiece[]) {
  const id = await runWithLog(hub, eventTypeId, of);
  const hot = { ...(await everythingOf(hub, id)), rows: await searchRows(id) };
  await archiveAll(archiverIn(hub, 16));
  expect(await count('log_chunks', id)).toBe(0);
  return { id, before: hot };
}

async function count(table: string, id: Id<'event'>): Promise<number> {
  const [row] = await sql.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ? AND event_id = ?`,
    [idToBytes(tenantId), idToBytes(id)],
  );
  return Number(row?.n);
}

const searchRows = (id: Id<'event'>) =>
  sql.query('SELECT * FROM log_records WHERE tenant_id = ? AND event_id = ? ORDER BY at, seq, line', [
    idToBytes(tenantId),
    idToBytes(id),
  ]);

/** As a hub reads it that has no block of the archive in memory, while the store is away. */
async function withoutStore<T>(work: (services: typeof hub.services) => Promise<T>): Promise<T> {
  renameSync(folder, `${folder}.away`);
  const blobs = createBlobs({ env: { blobStore } });
  try {
    return await work({ ...hub.services, archivedLogs: createArchivedLogs({ sql, blobs, logger: silentLogger }) });
  } finally {
    renameSync(`${folder}.away`, folder);
  }
}

const all = async (work: () => Promise<boolean>) => {
  while (await work());
};

test('a restored log is the same byte for byte, read without the store, and found by the same rows as when it was young', async () => {
  const { id, before } = await archivedLog(pieces);
  expect(await ask(id)).toMatchObject({ logs: 2, more: false });
  await all(restorerIn(16));
  expect(await count('log_chunks', id)).toBe(260);
  expect(await searchRows(id)).toEqual(before.rows);
  const { archived, log } = await withoutStore((services) => everythingOf({ ...hub, services }, id));
  expect({ archived, log }).toEqual({ archived: false, log: before.log });
  const status = await readArchiveStatus({ ...hub.services, clock: at(16) }, tenantId);
  expect(status.restored).toMatchObject({ logs: 2, waiting: 0, nextEnd: expect.stringMatching(/Z$/) });
});

test('it stays for its days, is not archived anew, and then is read from the archive as before', async () => {
  const { id, before } = await archivedLog(few);
  await ask(id, 3);
  await all(restorerIn(16));
  await archiveAll(archiverIn(hub, 18));
  await all(restorerIn(18));
  expect([await count('log_chunks', id), await count('log_archive_parts', id)]).toEqual([3, 2]);
  await all(restorerIn(20));
  expect([await count('log_chunks', id), await count('log_records', id)]).toEqual([0, 0]);
  expect(await everythingOf(hub, id)).toEqual({ archived: true, log: before.log });
  await withoutStore(async (services) => {
    await expect(everythingOf({ ...hub, services }, id)).rejects.toMatchObject({ code: 'archive_unavailable' });
  });
});

test('asked for again, a log stays for the longer of both times', async () => {
  const { id } = await archivedLog(few);
  await ask(id, 10);
  await ask(id, 2);
  await all(restorerIn(16));
  await all(restorerIn(20));
  expect(await count('log_chunks', id)).toBe(3);
});

test('a restored log that is purged is gone from both places', async () => {
  const { id } = await archivedLog(few);
  await ask(id);
  await all(restorerIn(16));
  await purgeEvent(hub.services, tenantId, systemActor, { id, payload: false });
  await all(restorerIn(16));
  await archiveAll(archiverIn(hub, 16));
  expect([await count('log_chunks', id), await count('log_records', id)]).toEqual([0, 0]);
  expect((await everythingOf(hub, id)).log.chunks).toEqual([]);
});

test('logs of a type in a time are restored, up to a number of them, and others stay where they are', async () => {
  const other = await archivedLog(few);
  const wanted = await hub.addEventType('wanted');
  const ids: Id<'event'>[] = [];
  for (let i = 0; i < 3; i++) ids.push(await runWithLog(hub, wanted, few));
  await archiveAll(archiverIn(hub, 16));
  const [row] = await sql.query<{ name: string }>('SELECT name FROM event_types WHERE id = ?', [idToBytes(wanted)]);
  const day = {
    since: new Date(systemClock.now() - dayMs).toISOString(),
    until: new Date(systemClock.now() + dayMs).toISOString(),
  };
  const range = { type: row?.name ?? '', ...day, days: 5 };
  const restore = (limit: number, more = {}) =>
    restoreLogs({ ...hub.services, clock: at(16) }, tenantId, systemActor, { ...range, ...more, limit });
  expect(await restore(4)).toMatchObject({ logs: 4, more: true });
  await all(restorerIn(16));
  const hot = () => Promise.all([...ids, other.id].map((id) => count('log_chunks', id)));
  expect(await hot()).toEqual([3, 3, 0, 0]);
  expect(await restore(100)).toMatchObject({ logs: 6, more: false });
  await all(restorerIn(16));
  expect(await hot()).toEqual([3, 3, 3, 0]);
  expect(await restore(100, { since: '2020-01-01T00:00:00Z', until: '2020-01-02T00:00:00Z' })).toMatchObject({
    logs: 0,
  });
  await expect(restore(1, { type: 'no.such' })).rejects.toMatchObject({ code: 'not_found' });
  await expect(ask(newId('event'))).rejects.toMatchObject({ code: 'not_found' });
  const audited = await sql.query<{ after: Buffer }>(
    `SELECT after FROM audit_entries WHERE tenant_id = ? AND action = 'archive.restore_asked' AND object_id = ? ORDER BY id`,
    [idToBytes(tenantId), wanted],
  );
  expect(audited.map(({ after }) => JSON.parse(String(after)))).toMatchObject([
    { logs: 4, since: range.since },
    { logs: 6, until: range.until },
  ]);
});

const program = new URL('./testing/restore-until-killed.ts', import.meta.url).pathname;

async function killAt(point: string, days: number): Promise<void> {
  const child = spawn(process.execPath, [program, database.url, folder, point, String(days * dayMs)], {
    stdio: 'inherit',
  });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  await sql.run(`DELETE FROM instance_settings WHERE name = 'archive.restores'`);
}

test.each(['read', 'chunks written', 'a part committed', 'all written'])(
  'a hub that is killed while it restores, once “%s”, leaves every line readable, none twice, and the next one ends its work',
  async (point) => {
    const { id, before } = await archivedLog(pieces);
    await ask(id);
    await killAt(point, 16);
    expect((await everythingOf(hub, id)).log).toEqual(before.log);
    await all(restorerIn(16));
    expect(await everythingOf(hub, id)).toEqual({ archived: false, log: before.log });
    expect(await searchRows(id)).toEqual(before.rows);
  },
);

test.each(['said to go', 'rows deleted'])(
  'a hub that is killed while it takes a restored log away, once “%s”, leaves every line readable, none twice, and the next one ends its work',
  async (point) => {
    const { id, before } = await archivedLog(pieces);
    await ask(id, 2);
    await all(restorerIn(16));
    await killAt(point, 19);
    expect((await everythingOf(hub, id)).log).toEqual(before.log);
    await all(restorerIn(19));
    expect([await count('log_chunks', id), await count('log_records', id)]).toEqual([0, 0]);
    expect(await everythingOf(hub, id)).toEqual({ archived: true, log: before.log });
  },
);

test('a row that is missing of a restored log is read from the archive', async () => {
  const { id, before } = await archivedLog(pieces);
  await ask(id);
  await all(restorerIn(16));
  await sql.run('DELETE FROM log_chunks WHERE tenant_id = ? AND event_id = ? AND seq IN (3, 100, 101, 260)', [
    idToBytes(tenantId),
    idToBytes(id),
  ]);
  expect((await everythingOf(hub, id)).log).toEqual(before.log);
});
