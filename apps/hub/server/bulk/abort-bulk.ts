import type { Clock } from '@nexomatic/clock';
import type { BulkJob as BulkJobView } from '@nexomatic/contracts/bulk-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { LockMode } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { bulkNotFound, showBulk } from './read-bulk.ts';

/** Ends a job after the batch that is under way; what it has done stays done. */
export async function abortBulk(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'bulkJob'>,
): Promise<BulkJobView> {
  return db.tenantEm(tenantId).transactional(async (em) => {
    const job = await em.findOne(BulkJob, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!job) throw bulkNotFound(id);
    if (job.state === 'ABORTED') return showBulk(job);
    if (job.state !== 'RUNNING') throw new NexomaticError('conflict', `The job has ended already: ${job.state}.`);
    const before = showBulk(job);
    em.assign(job, { state: 'ABORTED', finishedAt: new Date(clock.now()) });
    const object = { kind: 'bulk_job' as const, id, name: job.name || `${job.action} ${job.query}` };
    recordAudit(em, tenantId, actor, { action: 'bulk_job.aborted', object, before, after: showBulk(job) });
    await em.flush();
    return showBulk(job);
  });
}
