import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import type { Id } from '@nexomatic/contracts/id';
import { deleteHotLogs } from '@nexomatic/db/ledger/hot-logs';
import {
  deleteArchiveRow,
  type LogArchiveRow,
  moveArchive,
  partsOfArchive,
  unfinishedArchives,
} from '@nexomatic/db/ledger/log-archives';
import type { Sql } from '@nexomatic/db/sql';
import { archiveKey } from './store-archive.ts';

const archivesAtOnce = 20;

/** After so long nobody writes an object any more: its hub ended. Its logs still stand in the database and are archived anew. */
const givenUpAfterMs = 15 * 60_000;

/** Brings what was begun to its end, wherever it was left; each step can be done again. */
export async function settleArchives(
  deps: { sql: Sql; store: BlobStore; now: Date },
  tenantId: Id<'tenant'>,
): Promise<void> {
  for (const archive of await unfinishedArchives(deps.sql, tenantId, archivesAtOnce)) await settle(deps, archive);
}

async function settle(
  { sql, store, now }: { sql: Sql; store: BlobStore; now: Date },
  archive: LogArchiveRow,
): Promise<void> {
  const { tenantId, id, kind, state } = archive;
  if (state === 'writing') {
    const isGivenUp = archive.createdAt.getTime() + givenUpAfterMs < now.getTime();
    if (!isGivenUp || !(await moveArchive(sql, archive, ['writing'], 'deleting'))) return;
  }
  if (state === 'stored') {
    await deleteHotLogs(sql, tenantId, await partsOfArchive(sql, tenantId, id), kind);
    await moveArchive(sql, archive, ['stored'], 'settled');
    return;
  }
  await store.delete(archiveKey(tenantId, id));
  await deleteArchiveRow(sql, archive);
}
