import type { FieldMetadata } from '@conform-to/react';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { instantMs } from '../../time/format-time.ts';
import { toLocal } from '../../time/local-time.ts';

/** How the fields of a schedule are called. */
export const scheduleLabels = {
  name: 'Name',
  description: 'Description',
  eventTypeId: 'Fires',
  payload: 'Payload',
  pinnedSinkId: 'Only on the sink',
  kind: 'How often',
  cron: 'Cron expression',
  at: 'At',
  timeZone: 'Time zone',
  startsAt: 'Not before',
  endsAt: 'Not after',
  jitterSeconds: 'Spread over',
  overlap: 'If the run before is still going',
  missed: 'Runs missed while the hub was down',
  missedWindowMinutes: 'Hold those of the last',
  pauseAfterFailures: 'Pause after',
  enabled: 'Switched on',
};

/** What the form of a schedule holds: texts, as its controls do. Times are those of the schedule's own zone. */
export type ScheduleFormShape = Record<keyof typeof scheduleLabels, string>;

/** The fields as a part of the form gets them. */
export type ScheduleFields = { [Name in keyof ScheduleFormShape]: FieldMetadata<string, ScheduleFormShape> };

/** What a new schedule begins with, by the way that somebody chose in the empty list. */
export function emptySchedule(preset: string | null, zone: string, now: number): Partial<ScheduleFormShape> {
  const start = {
    kind: 'cron',
    cron: '0 9 * * 1-5',
    timeZone: zone,
    payload: 'null',
    jitterSeconds: '0',
    overlap: 'allow',
    missed: 'latest',
    missedWindowMinutes: '1440',
    enabled: 'on',
  };
  if (preset === 'nightly') return { ...start, name: 'nightly', cron: '0 2 * * *' };
  if (preset === 'frequent') return { ...start, cron: '*/5 * * * *', overlap: 'skip', missed: 'skip' };
  if (preset === 'once') return { ...start, kind: 'at', cron: '', at: toLocal(now + 3_600_000, zone) };
  return start;
}

/** A schedule as its form begins with it. */
export function scheduleFormValue(schedule: ScheduleSummary): Partial<ScheduleFormShape> {
  const { kind, cron, timeZone, overlap, missed, payload, name, description, eventTypeId, pinnedSinkId } = schedule;
  const local = (at: string | null): string => (at === null ? '' : toLocal(instantMs(at), timeZone));
  return {
    ...{ name, description, eventTypeId, payload, kind, timeZone, overlap, missed },
    cron: cron ?? '',
    at: local(schedule.at),
    startsAt: local(schedule.startsAt),
    endsAt: local(schedule.endsAt),
    jitterSeconds: String(schedule.jitterSeconds),
    missedWindowMinutes: String(schedule.missedWindowMinutes),
    pauseAfterFailures: schedule.pauseAfterFailures === null ? '' : String(schedule.pauseAfterFailures),
    ...(pinnedSinkId === null ? {} : { pinnedSinkId }),
    ...(schedule.enabled ? { enabled: 'on' } : {}),
  };
}
