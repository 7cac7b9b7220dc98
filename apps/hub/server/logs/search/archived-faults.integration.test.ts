import { readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BlobError } from '@nexomatic/blob-store/blob-store';
import { idToBytes } from '@nexomatic/contracts/id';
import { silentLogger } from '@nexomatic/logger';
import { afterEach, describe, expect, it } from 'vitest';
import { FillLogArchiveParts } from '../../../../../migrations/20261126023001_fill_log_archive_parts.ts';
import { createArchivedLogs } from '../../archive/archived-logs.ts';
import { purgeEvent } from '../../archive/purge-event.ts';
import { systemActor } from '../../auth/actor.ts';
import { logHistogram } from './log-histogram.ts';
import { openArchivedLogs, plain } from './testing/archived-logs.ts';

const { hub, folder, sql, time, deployed, hot, search, countAll } = await openArchivedLogs();
const { services, tenantId } = hub;

afterEach(async () => {
  await sql.run('DELETE FROM log_records');
  await sql.run(`UPDATE log_archives SET state = 'settled' WHERE tenant_id = ?`, [idToBytes(tenantId)]);
});

describe('while logs are moved', () => {
  it('lines that stand in the database and in the archive are given once, and counted once', async () => {
    await sql.run('INSERT INTO log_records SELECT * FROM hot_rows WHERE seq % 2 = 1');
    await sql.run(`UPDATE log_archives SET state = 'stored' WHERE tenant_id = ?`, [idToBytes(tenantId)]);
    for (const q of ['', '-type:long.*', 'level:error', 'bob', 'channel:stderr']) {
      const { records, archive } = await search(q);
      expect(plain(records)).toEqual(plain(hot.get(q)?.records ?? []));
      expect(archive.lines).toBe(records.filter(({ archived }) => archived).length);
      expect((await countAll(q)).bars).toEqual(hot.get(q)?.bars);
    }
  }, 60_000);
});

describe('while the archive can not be read', () => {
  const store = services.blobs;
  const withStore = (read: Awaited<ReturnType<typeof store.store>>['read']) => ({
    ...services,
    archivedLogs: createArchivedLogs({
      sql,
      logger: silentLogger,
      blobs: { ...store, store: async () => ({ ...(await store.store()), read }) },
    }),
  });

  it('lines in the database are answered, and why others are missing is said', async () => {
    await sql.run(`INSERT INTO log_records SELECT * FROM hot_rows WHERE text = 'Placed'`);
    // biome-ignore lint/correctness/useYield: it fails before it gives anything
    const away = withStore(async function* () {
      throw new BlobError('unavailable', 'the store can not be reached');
    });
    const silent = withStore(async function* () {
      yield await new Promise<Uint8Array>(() => undefined);
    });
    for (const deps of [away, silent]) {
      const { records, nextCursor, archive } = await search('', {}, deps);
      expect(records).toMatchObject([{ text: 'Placed', archived: false }]);
      expect([nextCursor, archive.lines]).toEqual([null, 0]);
      expect(archive.unavailable).toMatch(/^Archived lines are left out here: .* temporarily unavailable/);
      const counted = await logHistogram(deps, tenantId, { q: 'placed', since: time(0), until: time(60), bars: 1 });
      expect(counted).toMatchObject({ bars: [{ counts: { info: 1 } }], archive: { unavailable: expect.any(String) } });
    }
  }, 30_000);

  it('an object that is gone or changed hides its own lines alone', async () => {
    const fresh = () => ({ ...services, archivedLogs: createArchivedLogs({ ...services, sql }) });
    const objects = readdirSync(join(folder, 'logs', tenantId)).map((name) => join(folder, 'logs', tenantId, name));
    const before = (await search('-type:long.import', {}, fresh())).records;
    for (const object of objects) {
      renameSync(object, `${object}.away`);
      const missing = await search('-type:long.import', {}, fresh());
      expect(missing.archive.unavailable).toMatch(/^Lines of (?:one archived log|\d archived logs) are left out here/);
      expect(missing.records.length).toBeLessThan(before.length);
      writeFileSync(object, Buffer.alloc(2_000_000));
      expect((await search('-type:long.import', {}, fresh())).records).toEqual(missing.records);
      renameSync(`${object}.away`, object);
    }
    expect((await search('-type:long.import', {}, fresh())).records).toEqual(before);
  }, 60_000);
});

it('what was archived before lines were counted is found all the same', async () => {
  await sql.run(
    `UPDATE log_archive_parts SET event_type_id = NULL, source_id = NULL, sink_id = NULL, first_at = NULL, last_at = NULL,
       drift_ms = NULL, long_lasting = FALSE, lines_none = NULL, lines_debug = NULL, lines_info = NULL, lines_warn = NULL,
       lines_error = NULL`,
  );
  const statements: string[] = [];
  FillLogArchiveParts.prototype.up.call({ addSql: (text: string) => statements.push(text) } as never);
  for (const statement of statements) await sql.run(statement);
  for (const q of ['', '-type:long.*', 'level:error', 'sink:eu-2', 'type:order.*', 'bob', 'channel:stderr']) {
    expect(plain((await search(q)).records)).toEqual(plain(hot.get(q)?.records ?? []));
    expect((await countAll(q)).bars).toEqual(hot.get(q)?.bars);
  }
}, 60_000);

it('a log that was purged is not found, from the same moment on', async () => {
  await purgeEvent(services, tenantId, systemActor, { id: deployed, payload: false });
  expect((await search(`event:${deployed}`)).records).toEqual([]);
  expect((await search('Traceback')).records).toEqual([]);
});
