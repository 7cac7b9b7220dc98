import type { Id } from '@nexomatic/contracts/id';
import type { ScheduleStatus, ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { Schedule } from '@nexomatic/db/entities/schedule';
import { Sink } from '@nexomatic/db/entities/sink';
import { latestOccurrences } from '@nexomatic/db/ledger/schedule-occurrences';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { fireTime } from './jitter.ts';
import { showOccurrence } from './show-occurrence.ts';

/** One schedule as the API shows it. */
export async function showSchedule(deps: { sql: Sql }, em: EntityManager, row: Schedule): Promise<ScheduleSummary> {
  const [shown] = await showSchedules(deps, em, [row]);
  if (!shown) throw new Error('one schedule was to be shown');
  return shown;
}

/** Schedules of one tenant as the API shows them. */
export async function showSchedules(
  { sql }: { sql: Sql },
  em: EntityManager,
  rows: Schedule[],
): Promise<ScheduleSummary[]> {
  const [first] = rows;
  if (!first) return [];
  const eventTypeIds = rows.map(({ eventTypeId }) => eventTypeId);
  const eventTypes = await em.find(EventType, { id: { $in: eventTypeIds } }, { fields: ['id', 'name'] });
  const pins = rows.flatMap(({ pinnedSinkId }) => pinnedSinkId ?? []);
  const sinks = await em.find(Sink, { id: { $in: pins } }, { fields: ['id', 'name', 'status'] });
  const latest = await latestOccurrences(
    sql,
    first.tenantId,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => {
    const last = latest.get(row.id);
    const sink = sinks.find(({ id }) => id === row.pinnedSinkId);
    return {
      id: row.id,
      ...scheduleBodyOf(row),
      eventType: pick(eventTypes.find(({ id }) => id === row.eventTypeId)),
      pinnedSink: sink ? { id: sink.id, name: sink.name, status: sink.status } : null,
      ...standingOf(row),
      last: last ? showOccurrence(last) : null,
      version: row.version,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    };
  });
}

const pick = (row: { id: Id<'eventType'>; name: string } | undefined) => (row ? { id: row.id, name: row.name } : null);

const iso = (instant: Date | null | undefined): string | null => instant?.toISOString() ?? null;

/** Where the schedule stands: what it does just now, and next. */
function standingOf(row: Schedule) {
  return {
    status: statusOf(row),
    nextDueAt: iso(row.nextDueAt),
    nextFireAt: row.nextDueAt ? fireTime(row, row.nextDueAt).toISOString() : null,
    skipDueAt: iso(row.skipDueAt),
    waitingDueAt: iso(row.waitingDueAt),
    heldCount: row.heldCount,
    pausedAt: iso(row.pausedAt),
    pausedBy: row.pausedBy ?? null,
    pauseNote: row.pauseNote ?? null,
    pausedUntil: iso(row.pausedUntil),
    failuresInRow: row.failuresInRow,
  };
}

function statusOf({ enabled, pausedAt, nextDueAt }: Schedule): ScheduleStatus {
  if (!enabled) return 'off';
  if (pausedAt) return 'paused';
  return nextDueAt ? 'on' : 'ended';
}

/** The part of a schedule that a save changes and the audit log shows. */
export function scheduleBodyOf(row: Schedule) {
  const { name, description, eventTypeId, kind, timeZone, jitterSeconds, overlap, missed, missedWindowMinutes } = row;
  return {
    ...{ name, description, eventTypeId, kind, cron: row.cron ?? null, at: iso(row.at), timeZone },
    ...{ startsAt: iso(row.startsAt), endsAt: iso(row.endsAt), jitterSeconds, overlap, missed, missedWindowMinutes },
    pauseAfterFailures: row.pauseAfterFailures ?? null,
    payload: row.payload ? Buffer.from(row.payload).toString('utf8') : 'null',
    pinnedSinkId: row.pinnedSinkId ?? null,
    enabled: row.enabled,
  };
}
