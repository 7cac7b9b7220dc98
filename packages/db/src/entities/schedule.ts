import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { MissedRule, OverlapRule, ScheduleKind } from '@nexomatic/contracts/schedule-api';
import { body, id, instant, instantNow, name, text } from './columns.ts';

/** When to fire an event type: a cron expression of five fields in a time zone, or one instant. */
export const Schedule = defineEntity({
  name: 'Schedule',
  tableName: 'schedules',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('schedule').primary(),
    name: name(),
    description: text(500).default(''),
    eventTypeId: id('eventType'),
    kind: text(8).$type<ScheduleKind>().default('cron'),
    /** Of kind `cron`. */
    cron: text(200).nullable(),
    /** Of kind `at`. */
    at: instant().nullable(),
    /** IANA name. */
    timeZone: text(64),
    startsAt: instant().nullable(),
    endsAt: instant().nullable(),
    jitterSeconds: p.smallint().unsigned().default(0),
    overlap: text(16).$type<OverlapRule>().default('allow'),
    missed: text(8).$type<MissedRule>().default('latest'),
    missedWindowMinutes: p.smallint().unsigned().default(1440),
    pauseAfterFailures: p.smallint().unsigned().nullable(),
    /** JSON bytes of the payload; null fires `null`. */
    payload: body().nullable(),
    pinnedSinkId: id('sink').nullable(),
    enabled: p.boolean().default(false),
    pausedAt: instant().nullable(),
    pausedBy: text(200).nullable(),
    pauseNote: text(500).nullable(),
    /** Goes on by itself from then on. */
    pausedUntil: instant().nullable(),
    /** Events in a row that ended as ERROR. */
    failuresInRow: p.integer().unsigned().default(0),
    /** The planned run that somebody wants skipped. */
    skipDueAt: instant().nullable(),
    /** The next planned run; null when none is to come. */
    nextDueAt: instant().nullable(),
    /** The one run that waits for the end of the one before. */
    waitingDueAt: instant().nullable(),
    /** Missed runs that wait for a person. */
    heldCount: p.integer().unsigned().default(0),
    /** When a tick has to look at it: at its next run, jitter included, at the end of a pause, or at once. */
    wakeAt: instant().nullable(),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  // A tick reads `schedules_by_wake` alone: it costs the same whatever number of schedules is not due.
  indexes: [{ properties: ['tenantId', 'eventTypeId'] }, { name: 'schedules_by_wake', properties: ['wakeAt'] }],
  uniques: [{ properties: ['tenantId', 'name'] }],
  checks: [
    {
      name: 'schedules_kind',
      expression:
        "(`kind` = 'cron' and `cron` is not null and `at` is null) or (`kind` = 'at' and `cron` is null and `at` is not null)",
    },
  ],
});
export type Schedule = InferEntity<typeof Schedule>;
