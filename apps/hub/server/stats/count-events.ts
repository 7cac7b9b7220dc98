import type { EventFact } from '@nexomatic/db/ledger/event-fact';
import { addCounts, type StatCount } from '@nexomatic/db/ledger/event-stats';
import type { Sql } from '@nexomatic/db/sql';
import { bucketOf } from './histogram.ts';

/** What a hub has counted and not yet written. */
export interface EventCounters {
  /** Adds what was counted since the last time to the database; does nothing when there is nothing. */
  write(): Promise<void>;
}

/** How often it is written, and so how much a hub that dies may lose: docs/decisions/0008-counters-for-dashboards.md */
export const writeEveryMs = 2_000;
const maxRows = 1_000;

/** Counts in memory what committed transactions did to events: the event path pays two additions and no statement. */
export function createEventCounters({ sql }: { sql: Sql }): EventCounters {
  let counted = new Map<string, StatCount>();

  function add(count: StatCount): void {
    const { tenantId, eventTypeId, measure, bucket } = count;
    const key = `${tenantId} ${eventTypeId ?? ''} ${measure} ${String(bucket).padStart(3, '0')}`;
    const known = counted.get(key);
    if (known) known.n += count.n;
    else counted.set(key, count);
  }

  sql.onCommitted((facts) => {
    for (const fact of facts) {
      for (const count of countsOf(fact)) add(count);
    }
  });

  return {
    async write() {
      const taken = [...counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
      counted = new Map();
      while (taken.length > 0) {
        const rows = taken.slice(0, maxRows);
        try {
          await addCounts(sql, rows);
        } catch (error) {
          // Kept for the next time, together with what has been counted meanwhile.
          for (const count of taken) add(count);
          throw error;
        }
        taken.splice(0, rows.length);
      }
    },
  };
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
