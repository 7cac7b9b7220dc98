import type { Id } from '@nexomatic/contracts/id';
import type { PauseSchedule, ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import type { Actor } from '../auth/actor.ts';
import { changeStanding, type ScheduleDeps } from './change-schedule.ts';
import { refusal } from './check-schedule.ts';
import { wakeTime } from './decide-runs.ts';

/** Pauses a schedule: runs that come due are skipped, and seen to be, until it is resumed or the pause ends. */
export function pauseSchedule(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, note, until }: PauseSchedule,
): Promise<ScheduleSummary> {
  return changeStanding(deps, { tenantId, id }, actor, (schedule, now) => {
    const pausedUntil = until === undefined ? null : new Date(until);
    if (pausedUntil && pausedUntil <= now) {
      throw refusal('until', 'The pause would have ended already.', 'not in the past');
    }
    const pause = { pausedAt: now, pausedBy: actor.name.slice(0, 200), pauseNote: note, pausedUntil };
    const standing = { ...schedule.standing, ...pause };
    return {
      standing: { ...standing, wakeAt: wakeTime(schedule, standing) },
      action: 'schedule.paused',
      before: null,
      after: { note, until: pausedUntil?.toISOString() ?? null },
    };
  });
}

/** Lets a paused schedule go on. Its failures are counted anew. */
export function resumeSchedule(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'schedule'>,
): Promise<ScheduleSummary> {
  return changeStanding(deps, { tenantId, id }, actor, (schedule) => {
    const { pausedAt, pauseNote, pausedUntil } = schedule.standing;
    if (!pausedAt) return null;
    const none = { pausedAt: null, pausedBy: null, pauseNote: null, pausedUntil: null, failuresInRow: 0 };
    const standing = { ...schedule.standing, ...none };
    return {
      standing: { ...standing, wakeAt: wakeTime(schedule, standing) },
      action: 'schedule.resumed',
      before: { note: pauseNote, until: pausedUntil?.toISOString() ?? null },
      after: null,
    };
  });
}
