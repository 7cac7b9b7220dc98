import { BlobError, type BlobStore } from '@nexomatic/blob-store/blob-store';
import type { VerifiedArchive } from '@nexomatic/contracts/archive-api';
import type { Id } from '@nexomatic/contracts/id';
import { type ExpectedObject, expectedObject, expectedObjects } from '@nexomatic/db/ledger/expected-objects';
import type { Services } from '../services.ts';
import { storeRefusal } from './as-one-hub.ts';
import { hashObject } from './hash-object.ts';
import { archiveKey } from './store-archive.ts';

/** Whoever asked waits for so long, and for one object at least. */
const enoughMs = 10_000;
const rowsAtOnce = 100;

type Deps = Pick<Services, 'sql' | 'clock' | 'blobs'>;

/** Reads some objects whole and compares them with what was stored, by their SHA-256; says where to go on. */
export async function verifyArchive(
  { sql, clock, blobs }: Deps,
  tenantId: Id<'tenant'>,
  { after }: { after?: Id<'logArchive'> | undefined },
): Promise<VerifiedArchive> {
  const until = clock.monotonic() + enoughMs;
  const verified: VerifiedArchive = { objects: 0, size: 0, damaged: [], next: null };
  try {
    const store = await blobs.store();
    const rows = await expectedObjects(sql, tenantId, { after, limit: rowsAtOnce });
    for (const row of rows) {
      if (row.isRead) {
        const problem = await problemOf(store, tenantId, row);
        if (problem === null || (await isStillRead(sql, tenantId, row))) {
          verified.objects += 1;
          verified.size += row.size;
          if (problem) verified.damaged.push({ id: row.id, kind: row.kind, logs: row.logs, problem });
        }
      }
      if (clock.monotonic() >= until) return { ...verified, next: row.id };
    }
    return { ...verified, next: rows.length < rowsAtOnce ? null : (rows.at(-1)?.id ?? null) };
  } catch (error) {
    throw storeRefusal(error);
  }
}

/** What is wrong with an object; null: it is what was stored. */
async function problemOf(
  store: BlobStore,
  tenantId: Id<'tenant'>,
  { id, size, sha256 }: ExpectedObject,
): Promise<string | null> {
  try {
    const hash = await hashObject(store, archiveKey(tenantId, id), size);
    return sha256 && !hash.equals(sha256) ? 'its SHA-256 is another than that of what was stored' : null;
  } catch (error) {
    if (!(error instanceof BlobError)) throw error;
    if (error.fault === 'missing') return 'it is not in the store';
    if (error.fault === 'corrupt') return `it is shorter than the ${size} bytes that were stored`;
    throw error;
  }
}

/** Whether it was not moved or deleted while it was read. */
async function isStillRead(sql: Deps['sql'], tenantId: Id<'tenant'>, { id }: ExpectedObject): Promise<boolean> {
  return (await expectedObject(sql, tenantId, id))?.isRead ?? false;
}
