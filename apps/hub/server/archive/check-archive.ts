import type { BlobStore, StoredBlob } from '@nexomatic/blob-store/blob-store';
import { type ArchiveCheck, maxFindings } from '@nexomatic/contracts/archive-api';
import type { Id } from '@nexomatic/contracts/id';
import { insertAudit } from '@nexomatic/db/ledger/audit';
import { type ExpectedObject, expectedObjects } from '@nexomatic/db/ledger/expected-objects';
import type { Sql } from '@nexomatic/db/sql';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../services.ts';
import { storeRefusal } from './as-one-hub.ts';
import { classifyStray } from './classify-stray.ts';
import { archiveKey, archivePrefix } from './store-archive.ts';

const rowsAtOnce = 5_000;

/** Younger ones may be part of what somebody is just setting back. */
const leftoverAfterMs = 24 * 3_600_000;

type Deps = Pick<Services, 'sql' | 'clock' | 'blobs' | 'logger'>;

/** Compares what is in the store with what the database says of it; with `fix` deletes what is left over for good. */
export async function checkArchive(
  deps: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { fix }: { fix: boolean },
): Promise<ArchiveCheck> {
  try {
    const store = await deps.blobs.store();
    const { found, expected } = await compare(deps.sql, store, tenantId);
    const wanted = [...expected.values()].filter(({ isRead }) => isRead);
    const strays = [...found.values()].filter(({ key }) => !expected.has(key));
    const named: ArchiveCheck['strays'] = [];
    for (const stray of strays.slice(0, maxFindings)) {
      // What was deleted after it was listed is no stray.
      if (!(await store.head(stray.key))) {
        strays.splice(strays.indexOf(stray), 1);
        continue;
      }
      const what = await classifyStray({ sql: deps.sql, store }, tenantId, stray);
      named.push({ key: stray.key, size: stray.size, at: stray.at.toISOString(), what });
    }
    const missing = await stillMissing(deps.sql, store, tenantId, wanted, found);
    const differing = wanted.flatMap(({ id, kind, size }) => {
      const there = found.get(archiveKey(tenantId, id));
      return there && there.size !== size ? [{ id, kind, size, found: there.size }] : [];
    });
    return {
      objects: found.size,
      size: [...found.values()].reduce((sum, { size }) => sum + size, 0),
      strayCount: strays.length,
      strays: named,
      missingCount: missing.length,
      missing: missing.slice(0, maxFindings).map(({ id, kind, logs }) => ({ id, kind, logs })),
      differingCount: differing.length,
      differing: differing.slice(0, maxFindings),
      deleted: fix ? await deleteLeftovers(deps, store, tenantId, actor, named) : 0,
    };
  } catch (error) {
    throw storeRefusal(error);
  }
}

/** The store first: an object that is listed has had its row before, so that no row that comes later is missed. */
async function compare(sql: Sql, store: BlobStore, tenantId: Id<'tenant'>) {
  const found = new Map<string, StoredBlob>();
  for await (const blob of store.list(archivePrefix(tenantId))) found.set(blob.key, blob);
  const expected = await rowsByKey(sql, tenantId);
  return { found, expected };
}

/** What the database says of every object of a tenant, by its key. */
export async function rowsByKey(sql: Sql, tenantId: Id<'tenant'>): Promise<Map<string, ExpectedObject>> {
  const rows = new Map<string, ExpectedObject>();
  let after: Id<'logArchive'> | undefined;
  for (;;) {
    const some = await expectedObjects(sql, tenantId, { after, limit: rowsAtOnce });
    for (const row of some) rows.set(archiveKey(tenantId, row.id), row);
    if (some.length < rowsAtOnce) return rows;
    after = some.at(-1)?.id;
  }
}

/**
 * Those that would be named are asked for again one by one: what was stored after the list was read is there, and what was
 * moved has no row any more.
 */
async function stillMissing(
  sql: Sql,
  store: BlobStore,
  tenantId: Id<'tenant'>,
  wanted: ExpectedObject[],
  found: Map<string, StoredBlob>,
): Promise<ExpectedObject[]> {
  const missing: ExpectedObject[] = [];
  for (const row of wanted) {
    const key = archiveKey(tenantId, row.id);
    if (found.has(key) || (missing.length < maxFindings && (await store.head(key)))) continue;
    missing.push(row);
  }
  if (missing.length === 0) return [];
  const now = await rowsByKey(sql, tenantId);
  return missing.filter(({ id }) => now.get(archiveKey(tenantId, id))?.isRead);
}

async function deleteLeftovers(
  { sql, clock, logger }: Deps,
  store: BlobStore,
  tenantId: Id<'tenant'>,
  actor: Actor,
  strays: ArchiveCheck['strays'],
): Promise<number> {
  const before = clock.now() - leftoverAfterMs;
  const keys = strays.filter(({ what, at }) => what === 'leftover' && Date.parse(at) < before).map(({ key }) => key);
  if (keys.length === 0) return 0;
  // Said before it is done: what was deleted and not told would be worse than the other way about.
  await sql.transaction(async (tx) => {
    const object = { kind: 'tenant', id: tenantId, name: 'archive of logs' };
    insertAudit(tx, tenantId, [{ actor, action: 'archive.leftovers_deleted', object, before: { keys }, after: null }]);
  });
  for (const key of keys) await store.delete(key);
  logger.info({ tenantId, objects: keys.length }, 'archive.leftovers_deleted');
  return keys.length;
}
