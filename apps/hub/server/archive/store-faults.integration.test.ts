import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import { type S3Fault, startFaultyS3 } from '@nexomatic/blob-store/testing/faulty-s3';
import { systemClock } from '@nexomatic/clock';
import { idToBytes } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { readHealth } from '../instance/read-health.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { createArchiver } from './archive-logs.ts';
import { createArchivedLogs } from './archived-logs.ts';
import { archiveAll, dayMs, everythingOf, type LogPiece, record, runWithLog } from './testing/old-logs.ts';

const server = await startFaultyS3();
const database = await testDatabase();
const blobStore = { kind: 's3' as const, ...server.settings };
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis(), blobStore });
const { sql } = database;
const opened = openBlobStore(blobStore, 1_000);
const blobs = { store: () => opened, close: async () => undefined };
const eventTypeId = await hub.addEventType('logs');
afterAll(async () => {
  await hub.close();
  await server[Symbol.asyncDispose]();
});

const pieces: LogPiece[] = [
  ['stdout', 'one\n'],
  ['record', record('two')],
  ['stderr', 'three'],
];

/** A hub that sees the store for the first time. */
const freshHub = () => ({
  ...hub,
  services: { ...hub.services, archivedLogs: createArchivedLogs({ sql, blobs, logger: silentLogger }) },
});

const faults: [S3Fault, RegExp][] = [
  ['cut', /^S3 bucket archive (?:can't be reached|gave no answer in time)/],
  ['silent', /^S3 bucket archive gave no answer in time$/],
  [403, /^S3 bucket archive answered 403/],
  [404, /^S3 bucket archive answered 404/],
  [500, /^S3 bucket archive answered 500/],
  ['changed', /^S3 bucket archive gave other bytes of .* than were stored$/],
  ['short', /^S3 bucket archive /],
];

test.each(faults)(
  'while the store is %s, logs stay in the database, the reason is told, and tries are made further and further apart',
  async (fault, reason) => {
    const id = await runWithLog(hub, eventTypeId, pieces);
    const before = await everythingOf(hub, id);
    let later = 16 * dayMs;
    const clock = { ...systemClock, now: () => systemClock.now() + later };
    await sql.run(`DELETE FROM instance_settings WHERE name LIKE 'archive.%'`);
    const archive = createArchiver({ sql, blobs, clock, logger: silentLogger });
    const told = async () => (await readHealth(hub.services)).archive;

    server.set(fault);
    expect(await archive()).toBe(false);
    const first = await told();
    expect(first).toMatchObject({
      place: 'S3 bucket archive',
      fault: { message: expect.stringMatching(reason), times: 1 },
    });
    expect(await everythingOf(freshHub(), id)).toEqual(before);

    // Not before the time that was told.
    server.set('none');
    await archive();
    expect((await told())?.fault?.times).toBe(1);
    server.set(fault);
    later += 20_000;
    await archive();
    expect((await told())?.fault).toMatchObject({ times: 2, since: first?.fault?.since });
    expect(await everythingOf(freshHub(), id)).toEqual(before);

    server.set('none');
    later += 60_000;
    await archiveAll(archive);
    expect((await told())?.fault).toBeNull();
    expect(await everythingOf(freshHub(), id)).toEqual({ ...before, archived: true });
    const [left] = await sql.query<{ n: number }>('SELECT COUNT(*) AS n FROM log_chunks WHERE event_id = ?', [
      idToBytes(id),
    ]);
    expect(Number(left?.n)).toBe(0);
  },
);

test.each(faults)(
  'while the store is %s, an archived log is told to be temporarily unavailable, and is whole again after',
  async (fault) => {
    const id = await runWithLog(hub, eventTypeId, pieces);
    const before = await everythingOf(hub, id);
    await sql.run(`DELETE FROM instance_settings WHERE name LIKE 'archive.%'`);
    const clock = { ...systemClock, now: () => systemClock.now() + 16 * dayMs };
    await archiveAll(createArchiver({ sql, blobs, clock, logger: silentLogger }));
    server.set(fault);
    await expect(everythingOf(freshHub(), id)).rejects.toMatchObject({
      code: 'archive_unavailable',
      message:
        'This log is archived, and the archive is temporarily unavailable. Nothing of it is lost; try again in a few minutes.',
    });
    server.set('none');
    expect(await everythingOf(freshHub(), id)).toEqual({ ...before, archived: true });
  },
);
