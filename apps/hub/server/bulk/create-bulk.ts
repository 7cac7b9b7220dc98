import type { Clock } from '@nexomatic/clock';
import type { BulkJob as BulkJobView, CreateBulk } from '@nexomatic/contracts/bulk-api';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { BulkJob } from '@nexomatic/db/entities/bulk-job';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { freezeQuery } from './freeze-query.ts';
import { countBulk } from './preview-bulk.ts';
import { showBulk } from './read-bulk.ts';

/** Begins a bulk job: everything that its query finds up to an instant that is never later than now. */
export async function createBulk(
  deps: { db: Database; clock: Clock },
  tenantId: Id<'tenant'>,
  actor: Actor,
  { name, action, query, skipRerun, until: wanted }: CreateBulk,
): Promise<BulkJobView> {
  const now = deps.clock.now();
  const until = new Date(wanted === undefined ? now : Math.min(Date.parse(wanted), now));
  const { rows, more } = await countBulk(deps, tenantId, { action, query, skipRerun, until });
  return deps.db.tenantEm(tenantId).transactional(async (em) => {
    const job = em.create(BulkJob, {
      tenantId,
      id: newId('bulkJob'),
      name,
      action,
      query: freezeQuery(query, until.getTime()),
      skipRerun,
      until,
      counted: rows.length,
      countedMore: more,
      createdById: actor.id,
      createdByName: actor.name.slice(0, 200),
    });
    await em.persist(job).flush();
    const object = { kind: 'bulk_job' as const, id: job.id, name: name || `${action} ${query}` };
    recordAudit(em, tenantId, actor, { action: 'bulk_job.created', object, before: null, after: showBulk(job) });
    await em.flush();
    return showBulk(job);
  });
}
