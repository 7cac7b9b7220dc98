import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { beforeEach, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { openTestHub, type TestHub } from '../testing/open-test-hub.ts';
import { adoptArchives } from './adopt-archives.ts';
import { checkArchive } from './check-archive.ts';
import { purgeEvent } from './purge-event.ts';
import { archiveAll, archiverIn, everythingOf, type LogPiece, record, runWithLog } from './testing/old-logs.ts';
import { verifyArchive } from './verify-archive.ts';

const database = await testDatabase();
const redisUrl = await testRedis();
const { sql } = database;

let hub: TestHub;
let folder: string;
beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), 'nexomatic-archive-'));
  hub = await openTestHub({ databaseUrl: database.url, redisUrl, blobStore: { kind: 'file', folder: root } });
  folder = join(root, 'logs', hub.tenantId);
  const opened = hub;
  return async () => {
    await opened.close();
    rmSync(root, { recursive: true });
  };
});

const pieces: LogPiece[] = Array.from({ length: 30 }, (_, i): LogPiece[] => [
  ['stdout', `${String(i).repeat(20_000)}\nopen `],
  ['record', record(`record ${i}`, i % 7 === 0 ? 'error' : 'info')],
]).flat();

/** Archives logs of so many events, and gives what a reader sees of each. */
async function archived(events: number) {
  const eventTypeId = await hub.addEventType('logs');
  const ids: Id<'event'>[] = [];
  for (let i = 0; i < events; i++) ids.push(await runWithLog(hub, eventTypeId, pieces));
  await archiveAll(archiverIn(hub, 16));
  const before = await Promise.all(ids.map((id) => everythingOf(hub, id)));
  return { ids, before };
}

async function lose(table: 'log_archives' | 'log_archive_parts'): Promise<void> {
  await sql.run(`DELETE FROM ${table} WHERE tenant_id = ?`, [idToBytes(hub.tenantId)]);
}

async function loseArchives(): Promise<void> {
  await lose('log_archive_parts');
  await lose('log_archives');
}

const adopt = () => adoptArchives(hub.services, hub.tenantId, systemActor);
const check = () => checkArchive(hub.services, hub.tenantId, systemActor, { fix: true });
const facts = () =>
  sql.query('SELECT * FROM log_archive_parts WHERE tenant_id = ? ORDER BY event_id, kind', [idToBytes(hub.tenantId)]);

test('logs whose rows were lost are the same byte for byte once their objects are taken up, and so is what is known of them', async () => {
  const { ids, before } = await archived(3);
  const known = await facts();
  await loseArchives();
  expect((await Promise.all(ids.map((id) => everythingOf(hub, id)))).flatMap(({ log }) => log.chunks)).toEqual([]);
  expect((await check()).strays.map(({ what }) => what)).toEqual(['unclaimed', 'unclaimed']);

  expect(await adopt()).toEqual({ objects: 2, logs: 6, left: [], done: true });
  expect(await Promise.all(ids.map((id) => everythingOf(hub, id)))).toEqual(before);
  expect(await facts()).toEqual(known);
  expect(await check()).toMatchObject({ objects: 2, strayCount: 0, missingCount: 0, differingCount: 0 });
  expect(await verifyArchive(hub.services, hub.tenantId, {})).toMatchObject({ objects: 2, damaged: [] });
  expect(await adopt()).toEqual({ objects: 0, logs: 0, left: [], done: true });
});

test('what was deleted on purpose does not come back, and leaves the store with the next round', async () => {
  const { ids, before } = await archived(2);
  const [gone, kept] = ids;
  if (!gone || !kept) throw new Error('two events were made');
  await purgeEvent(hub.services, hub.tenantId, systemActor, { id: gone, payload: false });
  await sql.run(`DELETE FROM log_archive_parts WHERE tenant_id = ? AND event_id = ?`, [
    idToBytes(hub.tenantId),
    idToBytes(kept),
  ]);
  await lose('log_archives');
  const objects = readdirSync(folder).toSorted();
  expect(await adopt()).toEqual({ objects: 2, logs: 2, left: [], done: true });
  const read = async () =>
    (await Promise.all([everythingOf(hub, gone), everythingOf(hub, kept)])).map(({ log }) => log.chunks);
  expect(await read()).toEqual([[], before[1]?.log.chunks]);
  await archiveAll(archiverIn(hub, 16));
  expect(readdirSync(folder).some((name) => objects.includes(name))).toBe(false);
  expect(await read()).toEqual([[], before[1]?.log.chunks]);
});

test('an object that is damaged, of another name, or of events that nobody knows is left where it is, and told', async () => {
  const { ids } = await archived(1);
  await loseArchives();
  const [first = '', second = ''] = readdirSync(folder).map((name) => join(folder, name));
  const bytes = readFileSync(first);
  bytes.writeUInt8(bytes.readUInt8(60) ^ 1, 60);
  writeFileSync(first, bytes);
  writeFileSync(join(folder, 'strange.ndjson.zst'), readFileSync(second));
  await sql.run('UPDATE attempts SET event_id = ? WHERE tenant_id = ? AND event_id = ?', [
    ...[idToBytes(newId('event')), idToBytes(hub.tenantId), ...ids.map(idToBytes)],
  ]);
  const { left, ...none } = await adopt();
  expect(none).toEqual({ objects: 0, logs: 0, done: true });
  expect(left.map(({ why }) => why).toSorted()).toEqual([
    'a block of the archive can not be unpacked',
    'it is not named as an archive is',
    'the database does not know the events of its logs',
  ]);
  await sql.run('UPDATE attempts SET event_id = ? WHERE tenant_id = ?', [
    ...ids.map(idToBytes),
    idToBytes(hub.tenantId),
  ]);
  expect(await adopt()).toMatchObject({ objects: 1, logs: 1 });
  expect((await adopt()).left.map(({ why }) => why)).toEqual(
    expect.arrayContaining(['a block of the archive can not be unpacked']),
  );
  expect(readdirSync(folder)).toHaveLength(3);
});
