import type { BulkDetail, BulkJob as BulkJobView } from '@nexomatic/contracts/bulk-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { BulkResult } from '@nexomatic/db/entities/bulk-result';

const maxProblems = 100;

/** A tenant's bulk jobs, newest first. */
export async function listBulk(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<{ jobs: BulkJobView[]; nextCursor: string | null }> {
  if (cursor !== undefined && !isId('bulkJob', cursor)) {
    const message = 'not a cursor of this list; leave it out to begin at the newest job';
    throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors: [{ path: 'cursor', message }] });
  }
  const where = cursor === undefined ? {} : { id: { $lt: cursor } };
  const jobs = await db.tenantEm(tenantId).find(BulkJob, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  const page = jobs.slice(0, limit);
  return { jobs: page.map(showBulk), nextCursor: jobs.length > limit ? (page.at(-1)?.id ?? null) : null };
}

/** One job, with what it could not do. */
export async function getBulk(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'bulkJob'>,
): Promise<BulkDetail> {
  const em = db.tenantEm(tenantId);
  const job = await em.findOne(BulkJob, { id });
  if (!job) throw bulkNotFound(id);
  const where = { bulkJobId: id, outcome: { $in: ['skipped' as const, 'failed' as const] } };
  const problems = await em.find(BulkResult, where, { orderBy: { eventId: 'desc' }, limit: maxProblems });
  return {
    ...showBulk(job),
    problems: problems.flatMap(({ eventId, outcome, message }) =>
      outcome === 'done' ? [] : [{ eventId, outcome, message: message ?? '' }],
    ),
  };
}

export const bulkNotFound = (id: string): NexomaticError =>
  new NexomaticError('not_found', `There is no bulk job ${id} here.`);

/** A job as the API shows it. */
export const showBulk = (job: BulkJob): BulkJobView => ({
  id: job.id,
  name: job.name,
  action: job.action,
  query: job.query,
  skipRerun: job.skipRerun,
  until: job.until.toISOString(),
  state: job.state,
  message: job.message ?? null,
  count: job.counted,
  more: job.countedMore,
  done: job.done,
  skipped: job.skipped,
  failed: job.failed,
  createdBy: { id: job.createdById ?? null, name: job.createdByName },
  createdAt: job.createdAt.toISOString(),
  finishedAt: job.finishedAt?.toISOString() ?? null,
});
