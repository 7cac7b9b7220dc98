import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import type { ListedSchedule } from '../list/schedule-list.tsx';

/** A schedule as pages get it: every night, on, with a run to come. */
export const schedule = (given: Partial<ListedSchedule> = {}): ListedSchedule => ({
  id: 'sch_01m8a2ggj9eqwvt6fm81aaprst',
  name: 'nightly-report',
  description: '',
  eventTypeId: 'ety_01m8a2ggj9eqwvt6fm81aaprst',
  eventType: { id: 'ety_01m8a2ggj9eqwvt6fm81aaprst', name: 'report.build' },
  kind: 'cron',
  cron: '0 2 * * *',
  at: null,
  timeZone: 'Europe/Berlin',
  startsAt: null,
  endsAt: null,
  jitterSeconds: 0,
  overlap: 'skip',
  missed: 'latest',
  missedWindowMinutes: 1_440,
  pauseAfterFailures: null,
  payload: 'null',
  pinnedSinkId: null,
  pinnedSink: null,
  enabled: true,
  status: 'on',
  nextDueAt: '2026-11-27T01:00:00.000Z',
  nextFireAt: '2026-11-27T01:00:00.000Z',
  skipDueAt: null,
  waitingDueAt: null,
  heldCount: 0,
  pausedAt: null,
  pausedBy: null,
  pauseNote: null,
  pausedUntil: null,
  failuresInRow: 0,
  last: null,
  version: 1,
  createdAt: '2026-11-25T12:00:00.000Z',
  updatedAt: '2026-11-25T12:00:00.000Z',
  words: 'At 02:00',
  ...given,
});

/** A run that fired on time and went well. */
export const firedRun = (given: Partial<Occurrence> = {}): Occurrence => ({
  dueAt: '2026-11-26T01:00:00.000Z',
  throughAt: null,
  count: 1,
  status: 'fired',
  reason: null,
  origin: 'tick',
  decidedAt: '2026-11-26T01:00:00.240Z',
  decidedBy: null,
  event: {
    id: 'evt_01m8a2ggj9eqwvt6fm81aaprst',
    state: 'SUCCESS',
    reason: null,
    startedAt: '2026-11-26T01:00:01.000Z',
    finishedAt: '2026-11-26T01:00:02.000Z',
  },
  ...given,
});

/** A run that did not fire. */
export const skippedRun = (given: Partial<Occurrence> = {}): Occurrence =>
  firedRun({ status: 'skipped', reason: 'overlap', event: null, ...given });
