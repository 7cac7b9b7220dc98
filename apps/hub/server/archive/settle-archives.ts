import { BlobError, type BlobStore } from '@nexomatic/blob-store/blob-store';
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
import type { Logger } from '@nexomatic/logger';
import type { Clocks } from './clocks.ts';
import { ArchiveDamaged } from './format/archive-file.ts';
import { moveLogsOut } from './rewrite-archive.ts';
import { archiveKey } from './store-archive.ts';

const archivesAtOnce = 20;

/** After so long nobody writes an object any more: its hub ended. Its logs still stand in the database and are archived anew. */
const givenUpAfterMs = 15 * 60_000;

interface Deps {
  sql: Sql;
  store: BlobStore;
  logger: Logger;
  now: Date;
}

/** Brings what was begun to its end, wherever it was left; each step can be done again. */
export async function settleArchives(deps: Deps, tenantId: Id<'tenant'>, clocks: Clocks): Promise<void> {
  for (const archive of await unfinishedArchives(deps.sql, tenantId, archivesAtOnce))
    await settle(deps, archive, clocks);
}

async function settle(deps: Deps, archive: LogArchiveRow, clocks: Clocks): Promise<void> {
  const { sql, now } = deps;
  const { tenantId, id, kind } = archive;
  switch (archive.state) {
    case 'writing':
      if (archive.createdAt.getTime() + givenUpAfterMs < now.getTime())
        await moveArchive(sql, archive, ['writing'], 'deleting');
      return;
    case 'stored': {
      const parts = await partsOfArchive(sql, tenantId, id);
      // Those that were asked back already stay.
      const going = parts.filter(({ hotUntil }) => hotUntil === null);
      await deleteHotLogs(sql, tenantId, going, kind);
      // Fewer than it holds: some were purged meanwhile.
      await moveArchive(sql, archive, ['stored'], parts.length < archive.logs ? 'rewriting' : 'settled');
      return;
    }
    case 'rewriting':
      if (!(await isEmptied(deps, archive, clocks))) return;
      if (await moveArchive(sql, archive, ['rewriting'], 'deleting')) await deleteArchive(deps, archive);
      return;
    case 'deleting':
      await deleteArchive(deps, archive);
      return;
    case 'settled':
      return;
  }
}

/** The object first: a row without one is deleted later, an object without a row would stay for ever. */
async function deleteArchive({ sql, store }: Deps, archive: LogArchiveRow): Promise<void> {
  await store.delete(archiveKey(archive.tenantId, archive.id));
  await deleteArchiveRow(sql, archive);
}

/** An object that can't be read keeps what it has: it is tried again with each pass, and holds up nothing else. */
async function isEmptied(deps: Deps, archive: LogArchiveRow, clocks: Clocks): Promise<boolean> {
  const { tenantId, id } = archive;
  try {
    await moveLogsOut(deps, archive, clocks);
  } catch (error) {
    const isBroken =
      error instanceof ArchiveDamaged || (error instanceof BlobError && /^(?:missing|corrupt)$/.test(error.fault));
    if (!isBroken) throw error;
    deps.logger.error({ tenantId, archiveId: id, error: error.message }, 'archive.damaged');
  }
  return (await partsOfArchive(deps.sql, tenantId, id)).length === 0;
}
