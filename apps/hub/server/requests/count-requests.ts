import type { Id } from '@nexomatic/contracts/id';
import { addRequestCounts, type RequestCount, type RequestOutcome } from '@nexomatic/db/ledger/source-stats';
import type { Sql } from '@nexomatic/db/sql';
import { gatherCounts } from '../stats/gather-counts.ts';

/** What a hub has counted of requests and not yet written. A hub that dies loses it. */
export interface RequestCounters {
  count(source: { tenantId: Id<'tenant'>; id: Id<'source'> }, outcome: RequestOutcome): void;
  write(): Promise<void>;
}

/** Counts in memory what became of requests, by their sources. */
export function createRequestCounters({ sql }: { sql: Sql }): RequestCounters {
  const gathered = gatherCounts<RequestCount>(
    ({ tenantId, sourceId, outcome }) => `${tenantId} ${sourceId} ${outcome}`,
    (counts) => addRequestCounts(sql, counts),
  );
  return {
    count: ({ tenantId, id }, outcome) => gathered.add({ tenantId, sourceId: id, outcome, n: 1 }),
    write: gathered.write,
  };
}
