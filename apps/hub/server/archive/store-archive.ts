import { Readable } from 'node:stream';
import { BlobError, type BlobStore } from '@nexomatic/blob-store/blob-store';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { LogArchiveState } from '@nexomatic/db/entities/log-archive';
import { type ArchiveKind, insertArchive, moveArchive, sealArchive } from '@nexomatic/db/ledger/log-archives';
import type { Sql, SqlTransaction } from '@nexomatic/db/sql';
import type { WrittenArchive } from './format/write-archive.ts';
import { hashObject } from './hash-object.ts';

/** Objects are named by tenant, so that one tenant's can be found and moved by themselves. */
export const archivePrefix = (tenantId: Id<'tenant'>): string => `logs/${tenantId}/`;

/** Under which key an archive stands. */
export const archiveKey = (tenantId: Id<'tenant'>, id: Id<'logArchive'>): string =>
  `${archivePrefix(tenantId)}${id}.ndjson.zst`;

/** The logs stand in another archive already, or this one was given up: nothing refers to it, and it is to be deleted. */
export class ArchiveSuperseded extends Error {
  override name = 'ArchiveSuperseded';
}

export interface ArchiveFacts {
  tenantId: Id<'tenant'>;
  kind: ArchiveKind;
  eventTypeId: Id<'eventType'> | null;
  newestAt: Date;
}

/**
 * Stores one object so that a hub which ends at any step leaves nothing half done: its row comes first, then the object, then
 * it is read back, and only then does `commit` say, in one transaction, which logs stand in it. Until then nobody reads it.
 */
export async function storeArchive(
  { sql, store }: { sql: Sql; store: BlobStore },
  facts: ArchiveFacts,
  written: WrittenArchive,
  state: LogArchiveState,
  commit: (tx: SqlTransaction, id: Id<'logArchive'>) => Promise<void>,
): Promise<void> {
  const { tenantId } = facts;
  const id = newId('logArchive');
  const key = archiveKey(tenantId, id);
  await insertArchive(sql, { id, ...facts });
  try {
    const { pieces, size, sha256, parts } = written;
    await store.putIfAbsent(key, { size, sha256, open: () => Readable.from(pieces, { objectMode: false }) });
    await verify(store, key, written);
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0);
    await sql.transaction(async (tx) => {
      const kept = await sealArchive(tx, { tenantId, id }, { size, bytes, logs: parts.length, sha256 }, state);
      if (!kept) throw new ArchiveSuperseded(`archive ${id} was given up while it was written`);
      await commit(tx, id);
    });
  } catch (error) {
    await moveArchive(sql, { tenantId, id }, ['writing'], 'deleting');
    throw error;
  }
}

/** Reads the whole object back, once it is stored: what can't be read must not be all that there is. */
async function verify(store: BlobStore, key: string, { size, sha256 }: WrittenArchive): Promise<void> {
  const head = await store.head(key);
  if (head?.size !== size)
    throw new BlobError('corrupt', `${store.place} holds ${head?.size ?? 'no'} bytes of ${key} instead of ${size}`);
  if (!(await hashObject(store, key, size)).equals(sha256))
    throw new BlobError('corrupt', `${store.place} gave other bytes of ${key} than were stored`);
}
