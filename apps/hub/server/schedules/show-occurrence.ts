import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import type { OccurrenceRow } from '@nexomatic/db/ledger/schedule-occurrences';

/** What became of a run as the API shows it. */
export function showOccurrence({ event, ...row }: OccurrenceRow): Occurrence {
  return {
    dueAt: row.dueAt.toISOString(),
    throughAt: row.throughAt?.toISOString() ?? null,
    count: row.count,
    status: row.status,
    reason: row.reason,
    origin: row.origin,
    decidedAt: row.decidedAt.toISOString(),
    decidedBy: row.decidedBy,
    event: event && {
      id: event.id,
      state: event.state,
      reason: event.reason,
      startedAt: event.startedAt?.toISOString() ?? null,
      finishedAt: event.finishedAt?.toISOString() ?? null,
    },
  };
}
