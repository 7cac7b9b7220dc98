import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { BlobError, type BlobStore } from '@nexomatic/blob-store/blob-store';
import type { Id } from '@nexomatic/contracts/id';
import { tenantRetentions } from '@nexomatic/db/ledger/retention';
import { takeTurn } from '@nexomatic/db/ledger/turns';
import type { Services } from '../services.ts';
import { archiveBatch } from './archive-batch.ts';
import { clearArchiveFault, noteArchiveFault, readArchiveFault } from './archive-fault.ts';
import { readClocks } from './clocks.ts';
import { forgetArchived, forgetPayloads } from './forget-old.ts';
import { sha256Of } from './format/archive-file.ts';
import { beforeAllEvents, pickLogs } from './pick-logs.ts';
import { settleArchives } from './settle-archives.ts';
import { ArchiveSuperseded } from './store-archive.ts';

type Deps = Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>;

/** How long other hubs leave the work to the one that does it, after it was last heard of. */
const turnSeconds = 120;

/** After everything was looked at: what is archived is whole days, so that there is no hurry. */
const passEveryMs = 10 * 60_000;

/**
 * Moves old logs to the blob store, a batch at a time, one tenant after the other, and forgets what was kept for long enough.
 * While the store fails, it waits longer from time to time, and logs stay in the database. True when there may be more to do
 * at once.
 */
export function createArchiver(deps: Deps): () => Promise<boolean> {
  const { sql, clock, logger, blobs } = deps;
  const holder = randomUUID();
  /** Where the next round looks on; empty: at the first tenant. */
  let rest: { tenantId: Id<'tenant'>; retention: string; after: Id<'event'>; payloadsAfter: Id<'event'> | null }[] = [];
  let nextPassAt = 0;

  async function archiveSome(): Promise<boolean> {
    const store = await blobs.store();
    const now = clock.now();
    if (rest.length === 0) {
      if (now < nextPassAt) return false;
      await probe(store, holder);
      rest = (await tenantRetentions(sql)).map((one) => ({
        ...one,
        after: beforeAllEvents,
        payloadsAfter: beforeAllEvents,
      }));
    }
    const current = rest[0];
    if (!current) return false;
    const { tenantId } = current;
    const work = { sql, store, logger, now: new Date(now) };
    const clocks = await readClocks(sql, now, current);
    await settleArchives(work, tenantId, clocks);
    const { batches, next } = await pickLogs(sql, tenantId, clocks, current.after);
    for (const batch of batches) {
      await takeTurn(sql, 'archive.turn', holder, turnSeconds);
      const logs = await archiveBatch(work, tenantId, batch);
      if (logs > 0) logger.info({ tenantId, kind: batch.kind, logs }, 'logs.archived');
    }
    if (batches.length > 0) await settleArchives(work, tenantId, clocks);
    const forgotten = await forgetArchived(sql, tenantId, clocks);
    if (forgotten > 0) {
      logger.info({ tenantId, logs: forgotten }, 'logs.forgotten');
      await settleArchives(work, tenantId, clocks);
    }
    current.payloadsAfter =
      current.payloadsAfter && (await forgetPayloads(sql, tenantId, clocks, current.payloadsAfter));
    current.after = next ?? current.after;
    if (!next && !current.payloadsAfter && forgotten === 0) rest.shift();
    if (rest.length === 0) nextPassAt = clock.now() + passEveryMs;
    return rest.length > 0;
  }

  return async () => {
    const fault = await readArchiveFault(sql);
    if (fault && Date.parse(fault.retryAt) > clock.now()) return false;
    if (!(await takeTurn(sql, 'archive.turn', holder, turnSeconds))) return false;
    try {
      const more = await archiveSome();
      if (fault) {
        await clearArchiveFault(sql);
        logger.info({ since: fault.since }, 'archive.recovered');
      }
      return more;
    } catch (error) {
      rest = [];
      nextPassAt = 0;
      // Another hub was faster, or this one too slow: what there is to do is looked up anew.
      if (error instanceof ArchiveSuperseded || isDuplicate(error)) return false;
      if (!(error instanceof BlobError)) throw error;
      const { retryAt, times } = await noteArchiveFault(sql, clock.now(), error.message);
      logger.error({ error: error.message, fault: error.fault, retryAt, times }, 'archive.failed');
      return false;
    }
  };
}

/** Whether the store takes anything at all, before there is something to lose: people see it when it does not. */
async function probe(store: BlobStore, name: string): Promise<void> {
  const key = `check/${name}`;
  const bytes = Buffer.from(name);
  await store.putIfAbsent(key, {
    size: bytes.length,
    sha256: sha256Of(bytes),
    open: () => Readable.from([bytes], { objectMode: false }),
  });
  await store.delete(key);
}

const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ER_DUP_ENTRY';
