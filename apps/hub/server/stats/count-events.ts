import type { EventFact } from '@nexomatic/db/ledger/event-fact';
import { addCounts, type StatCount } from '@nexomatic/db/ledger/event-stats';
import type { Sql } from '@nexomatic/db/sql';
import { gatherCounts } from './gather-counts.ts';
import { bucketOf } from './histogram.ts';

/** What a hub has counted and not yet written. */
export interface EventCounters {
  /** Adds what was counted since the last time to the database; does nothing when there is nothing. */
  write(): Promise<void>;
}

/** How often it is written, and so how much a hub that dies may lose: docs/decisions/0008-counters-for-dashboards.md */
export const writeEveryMs = 2_000;

/** Counts in memory what committed transactions did to events: the event path pays two additions and no statement. */
export function createEventCounters({ sql }: { sql: Sql }): EventCounters {
  const gathered = gatherCounts<StatCount>(
    ({ tenantId, eventTypeId, measure, bucket }) =>
      `${tenantId} ${eventTypeId ?? ''} ${measure} ${String(bucket).padStart(3, '0')}`,
    (counts) => addCounts(sql, counts),
  );
  sql.onCommitted((facts) => {
    for (const fact of facts) {
      for (const count of countsOf(fact)) gathered.add(count);
    }
  });
  return { write: gathered.write };
}

/** Each fact counts for its type, and for all types together. */
function countsOf({ tenantId, eventTypeId, measure, ms }: EventFact): StatCount[] {
  const bucket = measure === 'run' || measure === 'wait' ? bucketOf(ms) : 0;
  const count = { tenantId, measure, bucket, n: 1 };
  return [
    { ...count, eventTypeId },
    { ...count, eventTypeId: null },
  ];
}
