import { createHash } from 'node:crypto';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { BulkJob } from '@nexomatic/db/entities/bulk-job';
import type { BulkItem } from '@nexomatic/db/ledger/bulk';
import { rerunEvent } from '../events/rerun-event.ts';
import type { SummaryRow } from '../events/summaries.ts';
import { bulkActor } from './bulk-actor.ts';
import type { BulkDeps } from './run-bulk.ts';

/** Re-runs at once, so that they share transactions. */
const atOnce = 20;

/** Runs events again for a job. Done twice, it finds what it made the first time. */
export async function rerunBatch(deps: BulkDeps, job: BulkJob, rows: SummaryRow[]): Promise<BulkItem[]> {
  const items: BulkItem[] = [];
  for (let at = 0; at < rows.length; at += atOnce) {
    items.push(...(await Promise.all(rows.slice(at, at + atOnce).map((row) => rerunOne(deps, job, row)))));
  }
  return items;
}

async function rerunOne(deps: BulkDeps, job: BulkJob, { id }: SummaryRow): Promise<BulkItem> {
  try {
    const fired = await rerunEvent(deps, {
      tenantId: job.tenantId,
      id,
      payload: null,
      // Job and event: another job may run the same event again, a repeated batch may not.
      dedupeKey: createHash('sha256').update(`bulk ${job.id} ${id}`).digest(),
      by: bulkActor(job),
      note: `part of ${job.id}`,
      remoteAddress: '',
    });
    return { eventId: id, outcome: 'done', resultEventId: fired.id, message: null };
  } catch (error) {
    // What passes by itself ends the batch, which is done again later.
    if (!(error instanceof NexomaticError) || error.code === 'unavailable') throw error;
    const outcome = error.code === 'not_found' ? 'skipped' : 'failed';
    return { eventId: id, outcome, resultEventId: null, message: error.message };
  }
}
