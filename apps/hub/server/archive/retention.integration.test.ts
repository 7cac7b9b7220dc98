import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { readPayload } from '../events/read-body.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { createStorageMeter } from './measure-storage.ts';
import { purgeEvent } from './purge-event.ts';
import { readStorage } from './storage.ts';
import { archiveAll, archiverIn, everythingOf, type LogPiece, record, runWithLog } from './testing/old-logs.ts';
import { updateRetention } from './update-retention.ts';

const root = mkdtempSync(join(tmpdir(), 'nexomatic-retention-'));
const database = await testDatabase();
const redisUrl = await testRedis();
afterAll(() => rmSync(root, { recursive: true }));

let hub: Awaited<ReturnType<typeof openTestHub>>;
let eventTypeId: Id<'eventType'>;
let folder: string;
beforeEach(async () => {
  folder = mkdtempSync(join(root, 'store-'));
  hub = await openTestHub({ databaseUrl: database.url, redisUrl, blobStore: { kind: 'file', folder } });
  eventTypeId = await hub.addEventType('logs');
  return () => hub.close();
});

const pieces: LogPiece[] = [
  ['stdout', 'a line\n'],
  ['record', record('a record')],
];
const objects = () =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.name.endsWith('.zst')).length;
const textsOf = async (id: Id<'event'>) => (await everythingOf(hub, id)).log.chunks.map(({ channel }) => channel);
const markersOf = async (id: Id<'event'>) =>
  (await everythingOf(hub, id)).log.entries.map((entry) => (entry as { text: string }).text);
const setRetention = async (retention: object) => {
  const { version } = await readStorage(hub.services, hub.tenantId);
  await updateRetention(hub.services, hub.tenantId, systemActor, { version, retention });
};
const setTypeRetention = (id: Id<'eventType'>, retention: object) =>
  database.sql.run('UPDATE event_types SET retention = ? WHERE id = ?', [JSON.stringify(retention), idToBytes(id)]);

test('raw output, records and payloads each go when their own time is over, and the event stays', async () => {
  await setRetention({ outputHotDays: 2, outputDays: 5, recordHotDays: 2, recordDays: 10, payloadDays: 20 });
  const id = await runWithLog(hub, eventTypeId, pieces);
  await archiveAll(archiverIn(hub, 4));
  expect(await textsOf(id)).toEqual(['stdout', 'record']);
  await archiveAll(archiverIn(hub, 7));
  expect(await textsOf(id)).toEqual(['record']);
  expect(await markersOf(id)).toEqual(['Chunk 1 of this log is no longer kept.', 'a record']);
  expect(objects()).toBe(1);
  await archiveAll(archiverIn(hub, 12));
  expect(await textsOf(id)).toEqual([]);
  expect(objects()).toBe(0);
  expect(String((await readPayload(hub.services, hub.tenantId, id)).body)).toBe('{"a":1}');
  await archiveAll(archiverIn(hub, 22));
  await expect(readPayload(hub.services, hub.tenantId, id)).rejects.toMatchObject({ code: 'not_found' });
  const rows = await database.sql.query<{ state: string }>('SELECT state FROM events WHERE id = ?', [idToBytes(id)]);
  expect(rows).toEqual([{ state: 'SUCCESS' }]);
});

test('what is not to be kept for longer than it is hot is forgotten without waiting for the archive', async () => {
  await setRetention({ outputDays: 3, recordDays: 3 });
  const id = await runWithLog(hub, eventTypeId, pieces);
  await archiveAll(archiverIn(hub, 5));
  expect(await textsOf(id)).toEqual([]);
  expect(objects()).toBe(0);
});

test('payloads of an event that waits or runs are kept, however old it is', async () => {
  await setRetention({ payloadDays: 1 });
  const [waiting, running] = [await hub.fire(eventTypeId), await hub.fire(eventTypeId)];
  await hub.claim(running);
  await archiveAll(archiverIn(hub, 400));
  for (const id of [waiting, running]) expect((await readPayload(hub.services, hub.tenantId, id)).body.length).toBe(7);
});

test('an event type that is given a longer time keeps what shares an object with others', async () => {
  await setRetention({ outputDays: 30, recordDays: 30 });
  const other = await hub.addEventType('other');
  const [kept, old] = [await runWithLog(hub, other, pieces), await runWithLog(hub, eventTypeId, pieces)];
  const before = await everythingOf(hub, kept);
  await archiveAll(archiverIn(hub, 16));
  expect(objects()).toBe(2);
  await setTypeRetention(other, { outputDays: 100, recordDays: 100 });
  await archiveAll(archiverIn(hub, 40));
  expect(await textsOf(old)).toEqual([]);
  expect(await everythingOf(hub, kept)).toEqual({ ...before, archived: true });
  expect(objects()).toBe(2);
  await archiveAll(archiverIn(hub, 102));
  expect(await textsOf(kept)).toEqual([]);
  expect(objects()).toBe(0);
});

test('a purged event can not be read from this moment on, and leaves the store with the next round; others stay', async () => {
  const [purged, kept] = [await runWithLog(hub, eventTypeId, pieces), await runWithLog(hub, eventTypeId, pieces)];
  const before = await everythingOf(hub, kept);
  await archiveAll(archiverIn(hub, 16));
  await purgeEvent(hub.services, hub.tenantId, systemActor, { id: purged, payload: true });
  expect(await textsOf(purged)).toEqual([]);
  await expect(readPayload(hub.services, hub.tenantId, purged)).rejects.toMatchObject({ code: 'not_found' });
  await archiveAll(archiverIn(hub, 16));
  expect(objects()).toBe(2);
  const totals = (await readStorage(hub.services, hub.tenantId)).archived;
  expect(totals.map(({ kind, objects: n, logs }) => [kind, n, logs])).toEqual([
    ['output', 1, 1],
    ['records', 1, 1],
  ]);
  expect(await everythingOf(hub, kept)).toEqual({ ...before, archived: true });

  await purgeEvent(hub.services, hub.tenantId, systemActor, { id: kept, payload: false });
  await archiveAll(archiverIn(hub, 16));
  expect(objects()).toBe(0);
  expect(String((await readPayload(hub.services, hub.tenantId, kept)).body)).toBe('{"a":1}');
  const audit = await database.sql.query<{ object_id: string; after: Buffer }>(
    `SELECT object_id, after FROM audit_entries WHERE tenant_id = ? AND action = 'event.purged' ORDER BY id`,
    [idToBytes(hub.tenantId)],
  );
  expect(audit.map(({ object_id, after }) => [object_id, JSON.parse(String(after))])).toEqual([
    [purged, { logs: true, payload: true }],
    [kept, { logs: true, payload: false }],
  ]);
});

test('a hot log is purged at once, and what runs is not purged', async () => {
  const id = await runWithLog(hub, eventTypeId, pieces);
  await purgeEvent(hub.services, hub.tenantId, systemActor, { id, payload: false });
  expect(await textsOf(id)).toEqual([]);
  expect(await markersOf(id)).toEqual(['Chunks 1 to 2 of this log are no longer kept.']);
  await archiveAll(archiverIn(hub, 16));
  expect(objects()).toBe(0);
  const running = await hub.fire(eventTypeId);
  await hub.claim(running);
  const purge = purgeEvent(hub.services, hub.tenantId, systemActor, { id: running, payload: true });
  await expect(purge).rejects.toMatchObject({ code: 'conflict' });
});

test('the meter tells what stands in the database and what in the archive', async () => {
  const measure = createStorageMeter({ sql: database.sql, clock: systemClock });
  const id = await runWithLog(hub, eventTypeId, pieces);
  while (await measure());
  const stored = await database.sql.query<{ n: string }>(
    'SELECT SUM(LENGTH(body)) AS n FROM log_chunks WHERE event_id = ?',
    [idToBytes(id)],
  );
  const storage = await readStorage(hub.services, hub.tenantId);
  expect(storage.hot).toMatchObject({ logBytes: Number(stored[0]?.n), payloadBytes: 7 });
  expect(storage.archived).toEqual([]);
  await archiveAll(archiverIn(hub, 16));
  const again = createStorageMeter({ sql: database.sql, clock: systemClock });
  while (await again());
  const after = await readStorage(hub.services, hub.tenantId);
  expect(after.hot).toMatchObject({ logBytes: 0, payloadBytes: 7 });
  expect(after.archived).toMatchObject([
    { kind: 'output', objects: 1, logs: 1, bytes: 7 },
    { kind: 'records', objects: 1, logs: 1, bytes: record('a record').length },
  ]);
});
