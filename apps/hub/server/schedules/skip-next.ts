import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import type { SkipNext } from '@nexomatic/contracts/schedule-run-api';
import type { Actor } from '../auth/actor.ts';
import { changeStanding, type ScheduleDeps } from './change-schedule.ts';

/** Has the next run of a schedule skipped; the one after it runs again. */
export function skipNext(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, dueAt }: SkipNext,
): Promise<ScheduleSummary> {
  return changeStanding(deps, { tenantId, id }, actor, ({ standing }) => {
    const skipDueAt = new Date(dueAt);
    if (standing.nextDueAt?.getTime() !== skipDueAt.getTime()) {
      const next = standing.nextDueAt ? `is ${standing.nextDueAt.toISOString()} now` : 'is not to come any more';
      throw new NexomaticError('conflict', `Its next run ${next}. Read it and choose again.`);
    }
    if (standing.skipDueAt?.getTime() === skipDueAt.getTime()) return null;
    const after = { dueAt: skipDueAt.toISOString() };
    return { standing: { ...standing, skipDueAt }, action: 'schedule.skip_asked', before: null, after };
  });
}

/** Lets the next run fire after all. */
export function unskip(
  deps: ScheduleDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'schedule'>,
): Promise<ScheduleSummary> {
  return changeStanding(deps, { tenantId, id }, actor, ({ standing }) => {
    if (!standing.skipDueAt) return null;
    const before = { dueAt: standing.skipDueAt.toISOString() };
    return { standing: { ...standing, skipDueAt: null }, action: 'schedule.skip_withdrawn', before, after: null };
  });
}
