import { randomUUID } from 'node:crypto';
import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Database } from '@nexomatic/db/database';
import { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { type BulkItem, countResults, endBulk, holdBulk, insertResults, releaseBulk } from '@nexomatic/db/ledger/bulk';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { LiveBus } from '@nexomatic/queue/live';
import type { Definitions } from '../definitions/definitions.ts';
import { pageOfRows, type RowPage } from '../events/list-events.ts';
import type { AcceptEvents } from '../ingress/accept-event.ts';
import type { SignalBus } from '../sinks/control/signal-bus.ts';
import { bulkFilter } from './bulk-filter.ts';
import { cancelBatch } from './cancel-batch.ts';
import { rerunBatch } from './rerun-batch.ts';

export interface BulkDeps {
  db: Database;
  sql: Sql;
  clock: Clock;
  definitions: Definitions;
  acceptEvent: AcceptEvents;
  live: LiveBus;
  signals: SignalBus;
  logger: Logger;
}

/** Events of one batch: a job's abort and another tenant's job wait no longer than for these. */
const batchSize = 100;

/**
 * Does one batch of the job that has waited longest, whatever tenant it belongs to; says whether there was one. A hub that
 * is killed loses nothing and does nothing twice: where the batch began is kept, a re-run is known by job and event,
 * and what was cancelled is noted in the same transaction.
 */
export async function runBulk(deps: BulkDeps): Promise<boolean> {
  const holder = randomUUID();
  const held = await holdBulk(deps.sql, holder);
  if (!held) return false;
  const { tenantId, id } = held;
  const em = deps.db.tenantEm(tenantId);
  const job = await em.findOne(BulkJob, { id });
  if (!job) return true;
  const page = await nextBatch(deps, job);
  if (page instanceof NexomaticError) {
    await endBulk(deps.sql, held, 'FAILED', page.facts.errors?.[0]?.message ?? page.message);
    return true;
  }
  if (job.action === 'cancel') await cancelBatch(deps, job, page.rows);
  else {
    const items: BulkItem[] = await rerunBatch(deps, job, page.rows);
    await deps.sql.transaction(async (tx) => insertResults(tx, tenantId, id, items));
  }
  const counts = await countResults(deps.sql, tenantId, id);
  await releaseBulk(deps.sql, held, holder, { ...counts, position: page.nextCursor });
  if (page.nextCursor === null) await endBulk(deps.sql, held, 'DONE', null);
  deps.logger.info({ tenantId, bulkJobId: id, ...counts }, 'bulk.batch');
  return true;
}

/** The next events of the job; the refusal where its query can't be answered any more. */
async function nextBatch({ db, clock }: BulkDeps, job: BulkJob): Promise<RowPage | NexomaticError> {
  const filter = { ...bulkFilter(job), limit: batchSize, ...(job.position ? { cursor: job.position } : {}) };
  try {
    const page = await pageOfRows(db.tenantEm(job.tenantId), clock, filter);
    if (page.rows.length === 0 && page.hint !== null) return new NexomaticError('conflict', page.hint);
    return page;
  } catch (error) {
    if (error instanceof NexomaticError) return error;
    throw error;
  }
}
