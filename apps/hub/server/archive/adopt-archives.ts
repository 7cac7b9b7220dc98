import { createHash } from 'node:crypto';
import { BlobError, type BlobStore, type StoredBlob } from '@nexomatic/blob-store/blob-store';
import { type AdoptedArchives, maxFindings } from '@nexomatic/contracts/archive-api';
import { type Id, isId } from '@nexomatic/contracts/id';
import { insertAudit } from '@nexomatic/db/ledger/audit';
import { type AttemptLog, finishedAttempts } from '@nexomatic/db/ledger/hot-logs';
import { insertArchive, insertParts, sealArchive } from '@nexomatic/db/ledger/log-archives';
import type { Actor } from '../auth/actor.ts';
import type { Services } from '../services.ts';
import { partRow } from './archive-batch.ts';
import { takeArchiveTurn } from './archive-turn.ts';
import { asOneHub } from './as-one-hub.ts';
import { rowsByKey } from './check-archive.ts';
import { readStray, type Stray } from './classify-stray.ts';
import { ArchiveDamaged, type ArchivePart, decompress, footerLength } from './format/archive-file.ts';
import { chunksOf } from './format/read-archive.ts';
import { createPartMeter } from './part-meter.ts';
import { readRange } from './read-block.ts';
import { archiveKey, archivePrefix } from './store-archive.ts';

/** Whoever asked waits for so long, and for one object at least. */
const enoughMs = 15_000;

type Deps = Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>;

/**
 * Takes up objects that no row refers to and that hold logs which stand nowhere else, by what they say of themselves: when the
 * database was set back to a time before they were archived, or has lost their rows.
 */
export async function adoptArchives(deps: Deps, tenantId: Id<'tenant'>, actor: Actor): Promise<AdoptedArchives> {
  const { sql, clock, logger } = deps;
  return await asOneHub(deps, async (holder, store) => {
    const until = clock.monotonic() + enoughMs;
    const known = await rowsByKey(sql, tenantId);
    const adopted: AdoptedArchives = { objects: 0, logs: 0, left: [], done: true };
    for await (const blob of store.list(archivePrefix(tenantId))) {
      if (known.has(blob.key)) continue;
      if (clock.monotonic() > until || !(await takeArchiveTurn(deps, holder))) return { ...adopted, done: false };
      const outcome = await adoptOne({ sql, store }, tenantId, actor, blob);
      if (typeof outcome === 'number') {
        adopted.objects += outcome > 0 ? 1 : 0;
        adopted.logs += outcome;
      } else if (adopted.left.length < maxFindings) adopted.left.push({ key: blob.key, why: outcome });
    }
    if (adopted.objects > 0) logger.info({ tenantId, ...adopted, left: adopted.left.length }, 'archive.adopted');
    return adopted;
  });
}

/** How many logs were taken up; a text says why none was, though it holds some. */
async function adoptOne(
  { sql, store }: { sql: Deps['sql']; store: BlobStore },
  tenantId: Id<'tenant'>,
  actor: Actor,
  blob: StoredBlob,
): Promise<number | string> {
  const id = blob.key.slice(archivePrefix(tenantId).length).replace(/\.ndjson\.zst$/, '');
  if (!isId('logArchive', id) || archiveKey(tenantId, id) !== blob.key) return 'it is not named as an archive is';
  try {
    const stray = await readStray({ sql, store }, tenantId, blob);
    if (stray.unclaimed.length === 0) return 0;
    const attempts = await attemptsOf(sql, tenantId, stray.unclaimed);
    const logs = stray.unclaimed.flatMap((part) => {
      const log = attempts.get(`${part.event} ${part.attempt}`);
      return log ? [{ part, log }] : [];
    });
    if (logs.length === 0) return 'the database does not know the events of its logs';
    const bytes = Buffer.from(await readRange(store, blob.key)(0, blob.size));
    const sha256 = hashOf(bytes, stray);
    const rows = logs.map(({ part, log }) => ({ ...partRow(part, stray.head.kind, id), ...factsOf(bytes, part, log) }));
    const newestAt = new Date(Math.max(...logs.map(({ log }) => log.finishedAt.getTime())));
    const facts = { size: blob.size, sha256, logs: rows.length, bytes: rows.reduce((sum, row) => sum + row.bytes, 0) };
    // What was deleted on purpose, or stands elsewhere, is not to stay in it.
    const rest = stray.parts.length - stray.unclaimed.length;
    const state = rest > 0 && logs.length === stray.unclaimed.length ? 'rewriting' : 'settled';
    await sql.transaction(async (tx) => {
      await insertArchive(tx, { tenantId, id, kind: stray.head.kind, eventTypeId: null, newestAt });
      await sealArchive(tx, { tenantId, id }, facts, state);
      await insertParts(tx, tenantId, rows);
      const object = { kind: 'tenant', id: tenantId, name: 'archive of logs' };
      const after = { key: blob.key, logs: rows.length };
      insertAudit(tx, tenantId, [{ actor, action: 'archive.adopted', object, before: null, after }]);
    });
    return rows.length;
  } catch (error) {
    if (error instanceof ArchiveDamaged || (error instanceof BlobError && error.fault === 'corrupt'))
      return error.message;
    throw error;
  }
}

async function attemptsOf(sql: Deps['sql'], tenantId: Id<'tenant'>, parts: ArchivePart[]) {
  const events = [...new Set(parts.map(({ event }) => event))];
  const attempts = await finishedAttempts(sql, tenantId, events, new Date('9999-01-01'));
  return new Map(attempts.map((log) => [`${log.eventId} ${log.attempt}`, log]));
}

/** SHA-256 of the object. Throws when it is not what its footer says was written. */
function hashOf(bytes: Buffer, { footer }: Stray): Buffer {
  const hash = createHash('sha256').update(bytes.subarray(0, -footerLength));
  if (!hash.copy().digest().equals(footer.sha256))
    throw new ArchiveDamaged('its SHA-256 is another than its footer says');
  return hash.update(bytes.subarray(-footerLength)).digest();
}

/** What the search is to know of a log, counted anew from its lines. */
function factsOf(bytes: Buffer, { event, attempt, blocks }: ArchivePart, log: AttemptLog) {
  const meter = createPartMeter(log);
  for (const [from, length] of blocks)
    for (const chunk of chunksOf(decompress(bytes.subarray(from, from + length)), event, attempt)) meter.add(chunk);
  return meter.finish();
}
