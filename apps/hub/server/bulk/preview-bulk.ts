import type { Clock } from '@nexomatic/clock';
import { type BulkAction, type BulkPreview, maxBulkCount } from '@nexomatic/contracts/bulk-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { pageOfRows } from '../events/list-events.ts';
import { type SummaryRow, toSummaries } from '../events/summaries.ts';
import { bulkFilter } from './bulk-filter.ts';
import { freezeQuery } from './freeze-query.ts';

interface Deps {
  db: Database;
  clock: Clock;
}

interface Wish {
  action: BulkAction;
  query: string;
  skipRerun: boolean;
}

const sampleSize = 10;
/** Searches that a count may take where matches are rare; what is not counted then is told as `more`. */
const maxSearches = 5;

/** How many events a job would act on, and the newest of them. */
export async function previewBulk(deps: Deps, tenantId: Id<'tenant'>, wish: Wish): Promise<BulkPreview> {
  const until = new Date(deps.clock.now());
  const { rows, more } = await countBulk(deps, tenantId, { ...wish, until });
  const sample = await toSummaries(deps.db.tenantEm(tenantId), rows.slice(0, sampleSize));
  return { count: rows.length, more, sample, until: until.toISOString() };
}

/** The events that a job would act on, as far as they are counted. */
export async function countBulk(
  { db, clock }: Deps,
  tenantId: Id<'tenant'>,
  wish: Wish & { until: Date },
): Promise<{ rows: SummaryRow[]; more: boolean }> {
  const query = freezeQuery(wish.query, wish.until.getTime());
  const rows: SummaryRow[] = [];
  let cursor: string | undefined;
  for (let searches = 0; searches < maxSearches && rows.length < maxBulkCount; searches += 1) {
    const filter = { ...bulkFilter({ ...wish, query }), limit: maxBulkCount - rows.length, cursor };
    const page = await pageOfRows(db.tenantEm(tenantId), clock, filter);
    rows.push(...page.rows);
    if (page.nextCursor === null) return { rows, more: false };
    cursor = page.nextCursor;
  }
  return { rows, more: true };
}
