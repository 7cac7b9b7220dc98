import type { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { type BulkItem, insertResults } from '@nexomatic/db/ledger/bulk';
import { type CancelOutcome, cancelEvents } from '../events/cancel-events.ts';
import type { SummaryRow } from '../events/summaries.ts';
import { bulkActor } from './bulk-actor.ts';
import type { BulkDeps } from './run-bulk.ts';

/** Cancels events for a job and notes it in one transaction: the query finds a cancelled event no more. */
export async function cancelBatch(deps: BulkDeps, job: BulkJob, rows: SummaryRow[]): Promise<void> {
  const { tenantId, id } = job;
  const wish = { tenantId, ids: rows.map((row) => row.id), by: bulkActor(job), note: `part of ${id}` };
  await cancelEvents(deps, wish, (tx, outcomes) => insertResults(tx, tenantId, id, outcomes.map(toItem)));
}

const toItem = (outcome: CancelOutcome): BulkItem =>
  outcome.outcome === 'finished'
    ? { eventId: outcome.id, outcome: 'skipped', resultEventId: null, message: `It had ended: ${outcome.state}.` }
    : { eventId: outcome.id, outcome: 'done', resultEventId: outcome.id, message: null };
