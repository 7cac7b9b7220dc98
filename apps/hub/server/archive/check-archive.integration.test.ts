import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { beforeEach, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { openTestHub, type TestHub } from '../testing/open-test-hub.ts';
import { checkArchive } from './check-archive.ts';
import { archiveAll, archiverIn, everythingOf, record, runWithLog } from './testing/old-logs.ts';
import { verifyArchive } from './verify-archive.ts';

const database = await testDatabase();
const redisUrl = await testRedis();
const { sql } = database;

let hub: TestHub;
let folder: string;
let event: Awaited<ReturnType<typeof runWithLog>>;
beforeEach(async () => {
  const root = mkdtempSync(join(tmpdir(), 'nexomatic-archive-'));
  hub = await openTestHub({ databaseUrl: database.url, redisUrl, blobStore: { kind: 'file', folder: root } });
  folder = join(root, 'logs', hub.tenantId);
  event = await runWithLog(hub, await hub.addEventType('logs'), [
    ['stdout', 'one\n'],
    ['record', record('two')],
  ]);
  await archiveAll(archiverIn(hub, 16));
  const opened = hub;
  return async () => {
    await opened.close();
    rmSync(root, { recursive: true });
  };
});

const check = (fix = false) => checkArchive(hub.services, hub.tenantId, systemActor, { fix });
const verify = () => verifyArchive(hub.services, hub.tenantId, {});
const fileOf = (name = readdirSync(folder).toSorted()[0] ?? '') => join(folder, name);
const clean = { strayCount: 0, missingCount: 0, differingCount: 0, deleted: 0 };

test('an archive that is as it should be has nothing to tell, however often it is looked at', async () => {
  expect(await check()).toMatchObject({ ...clean, objects: 2, strays: [], missing: [], differing: [] });
  expect(await check(true)).toMatchObject({ ...clean, objects: 2 });
  expect(await verify()).toMatchObject({ objects: 2, damaged: [], next: null });
  expect((await everythingOf(hub, event)).archived).toBe(true);
});

test('an object that is gone, and one of another size, are told with how many logs they held', async () => {
  const [first, second] = readdirSync(folder).map((name) => fileOf(name));
  rmSync(first ?? '');
  writeFileSync(second ?? '', 'short');
  expect(await check()).toMatchObject({
    ...{ objects: 1, strayCount: 0, missingCount: 1, differingCount: 1 },
    ...{ missing: [{ logs: 1 }], differing: [{ found: 5 }] },
  });
  const { damaged } = await verify();
  expect(damaged.map(({ problem }) => problem).toSorted()).toEqual([
    'it is not in the store',
    expect.stringMatching(/^it is shorter than the \d+ bytes that were stored$/),
  ]);
});

test('one changed byte is found by reading, and by nothing else', async () => {
  const bytes = readFileSync(fileOf());
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40);
  writeFileSync(fileOf(), bytes);
  expect(await check()).toMatchObject(clean);
  expect(await verify()).toMatchObject({
    objects: 2,
    damaged: [{ logs: 1, problem: 'its SHA-256 is another than that of what was stored' }],
  });
});

/** Stores the same object once more under a name that no row has, so long ago. */
function copyOf(hoursAgo: number): string {
  const name = `${newId('logArchive')}.ndjson.zst`;
  writeFileSync(fileOf(name), readFileSync(fileOf()));
  const at = new Date(systemClock.now() - hoursAgo * 3_600_000);
  utimesSync(fileOf(name), at, at);
  return `logs/${hub.tenantId}/${name}`;
}

test('what is left over goes when that is asked for, a day after it was stored, and the audit log names it', async () => {
  const [old, young] = [copyOf(25), copyOf(23)];
  const both = [
    { key: old, what: 'leftover' },
    { key: young, what: 'leftover' },
  ];
  const told = await check();
  expect(told).toMatchObject({ strayCount: 2, deleted: 0 });
  expect(told.strays).toEqual(expect.arrayContaining(both.map((one) => expect.objectContaining(one))));
  expect(await check(true)).toMatchObject({ strayCount: 2, deleted: 1 });
  expect(await check()).toMatchObject({ strayCount: 1, strays: [{ key: young }] });
  const rows = await sql.query<{ before: Buffer }>(
    `SELECT \`before\` FROM audit_entries WHERE tenant_id = ? AND action = 'archive.leftovers_deleted'`,
    [idToBytes(hub.tenantId)],
  );
  expect(rows.map(({ before }) => JSON.parse(String(before)))).toEqual([{ keys: [old] }]);
  expect((await everythingOf(hub, event)).archived).toBe(true);
});

test('an object with logs that stand nowhere else is never deleted, however old it is, nor one that can not be read', async () => {
  await sql.run('DELETE FROM log_archive_parts WHERE tenant_id = ?', [idToBytes(hub.tenantId)]);
  await sql.run('DELETE FROM log_archives WHERE tenant_id = ?', [idToBytes(hub.tenantId)]);
  const longAgo = new Date(systemClock.now() - 400 * 24 * 3_600_000);
  writeFileSync(fileOf('strange.txt'), 'not an archive at all, but long enough to have a footer of sixty-four bytes');
  for (const name of readdirSync(folder)) utimesSync(fileOf(name), longAgo, longAgo);
  const told = await check(true);
  expect(told.strays.map(({ what }) => what).toSorted()).toEqual(['unclaimed', 'unclaimed', 'unreadable']);
  expect(told).toMatchObject({ strayCount: 3, deleted: 0 });
  expect(readdirSync(folder)).toHaveLength(3);
});
