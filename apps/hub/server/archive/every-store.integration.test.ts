import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BlobStoreSettings } from '@nexomatic/blob-store/open-blob-store';
import { startAzurite, startR2 } from '@nexomatic/blob-store/testing/servers';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, expect, test } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { archiveAll, archiverIn, everythingOf, type LogPiece, record, runWithLog } from './testing/old-logs.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-archive-'));
const [azurite, r2] = await Promise.all([startAzurite(), startR2()]);
afterAll(async () => {
  await Promise.all([azurite[Symbol.asyncDispose](), r2[Symbol.asyncDispose]()]);
  rmSync(folder, { recursive: true });
});
const database = await testDatabase();
const redisUrl = await testRedis();

test.each([
  ['a folder', { kind: 'file', folder }],
  ['Azure Blob Storage', { kind: 'azure', ...azurite.settings }],
  ['S3', { kind: 's3', ...r2.settings }],
] as [string, BlobStoreSettings][])(
  'half of a log is moved to %s, then the rest: a reader gets the same bytes each time',
  async (_what, blobStore) => {
    const hub = await openTestHub({ databaseUrl: database.url, redisUrl, blobStore });
    try {
      const setRetention = (text: string) =>
        database.sql.run('UPDATE tenants SET retention = ? WHERE id = ?', [text, idToBytes(hub.tenantId)]);
      // Of many blocks, so that pages of it begin in the middle of the object.
      const pieces = Array.from({ length: 60 }, (_, i): LogPiece[] => [
        ['stdout', `${String(i).repeat(20_000)}\nopen `],
        ['record', record(`record ${i}`, i % 7 === 0 ? 'error' : 'info')],
      ]).flat();
      const id = await runWithLog(hub, await hub.addEventType('logs'), pieces);
      const before = await everythingOf(hub, id);
      expect(before.log.chunks).toHaveLength(120);

      await setRetention('{"recordHotDays":1000}');
      await archiveAll(archiverIn(hub, 16));
      expect(await everythingOf(hub, id)).toEqual({ ...before, archived: true });

      await setRetention('{}');
      await archiveAll(archiverIn(hub, 16));
      expect(await everythingOf(hub, id)).toEqual({ ...before, archived: true });
      const [hot] = await database.sql.query<{ n: number }>(
        'SELECT COUNT(*) AS n FROM log_chunks WHERE tenant_id = ?',
        [idToBytes(hub.tenantId)],
      );
      expect(Number(hot?.n)).toBe(0);
    } finally {
      await hub.close();
    }
  },
);
