import { NexomaticError } from '@nexomatic/contracts/error-code';
import { isId } from '@nexomatic/contracts/id-form';
import type { CreateSchedule, ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import type { SchedulePreview } from '@nexomatic/contracts/schedule-preview';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { eachOf } from './each-of.ts';
import type { AppRouter, HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

type Inputs = inferRouterInputs<AppRouter>['schedules'];
type Outputs = inferRouterOutputs<AppRouter>['schedules'];
export type ListSchedules = NonNullable<Inputs['list']>;
export type NewSchedule = Inputs['create'];
export type ScheduleTiming = Inputs['preview'];
export interface BackfillWindow {
  /** From this instant on. */
  from: string;
  /** Before this instant; not in the future. */
  to: string;
}

/** When a hub fires event types by itself. A schedule is named by its name or its id. */
export interface Schedules {
  /** One page, by name unless `sort` says else. */
  list(query?: ListSchedules): Promise<{ schedules: ScheduleSummary[]; nextCursor: string | null }>;
  /** All of them, page by page as they are asked for. */
  each(query?: Omit<ListSchedules, 'cursor'>): AsyncGenerator<ScheduleSummary, void, void>;
  get(schedule: string): Promise<ScheduleSummary>;
  create(schedule: NewSchedule): Promise<ScheduleSummary>;
  /** Changes the named fields alone; a `conflict` if somebody else changed it at the same time. */
  change(schedule: string, fields: Partial<NewSchedule>): Promise<ScheduleSummary>;
  delete(schedule: string): Promise<void>;
  enable(schedule: string): Promise<ScheduleSummary>;
  disable(schedule: string): Promise<ScheduleSummary>;
  /** Fires nothing until it is resumed, or until the instant that is given. */
  pause(schedule: string, options?: { note?: string; until?: string }): Promise<ScheduleSummary>;
  resume(schedule: string): Promise<ScheduleSummary>;
  /** Fires it now, beside its times. */
  run(schedule: string): Promise<Outputs['runNow']>;
  /** Skips the next planned run. */
  skipNext(schedule: string): Promise<ScheduleSummary>;
  /** Takes `skipNext` back. */
  unskip(schedule: string): Promise<ScheduleSummary>;
  /** What became of its runs, the latest planned first. */
  history(schedule: string, query?: { status?: Occurrence['status'] }): AsyncGenerator<Occurrence, void, void>;
  /** The next runs of what need not be saved, with what setting the clock of its zone and blackouts do to them. */
  preview(timing: ScheduleTiming): Promise<SchedulePreview>;
  /** The same of a schedule, whether it is on or not. */
  next(schedule: string, count?: number): Promise<SchedulePreview>;
  /** How many runs `backfill` would fire. */
  previewBackfill(schedule: string, window: BackfillWindow): Promise<Outputs['backfillPreview']>;
  /** Fires the runs of a past window; `count` is the number that was previewed. */
  backfill(schedule: string, window: BackfillWindow & { count: number }): Promise<Outputs['backfill']>;
  /** Fires all missed runs that are held; `count` is how many were shown (`heldCount`), and another number now is a `conflict`. */
  releaseHeld(schedule: string, count: number): Promise<Outputs['releaseHeld']>;
  /** Lets all missed runs that are held go, in the same way. */
  discardHeld(schedule: string, count: number): Promise<Outputs['discardHeld']>;
}

/** The part of the client that is about schedules. */
export function createSchedules({ schedules }: HubClient): Schedules {
  const get = async (schedule: string): Promise<ScheduleSummary> =>
    isId('schedule', schedule) ? told(schedules.get.query({ id: schedule })) : named(schedule);
  const refOf = async (schedule: string) => ({
    id: isId('schedule', schedule) ? schedule : (await named(schedule)).id,
  });

  const each = (query: Omit<ListSchedules, 'cursor'> = {}): AsyncGenerator<ScheduleSummary, void, void> =>
    eachOf(async (from) => {
      const page = await told(schedules.list.query({ ...query, ...from }));
      return { items: page.schedules, nextCursor: page.nextCursor };
    });

  async function named(name: string): Promise<ScheduleSummary> {
    for await (const one of each({ search: name.slice(0, 100) })) if (one.name === name) return one;
    throw new NexomaticError('not_found', `There is no schedule ${name} here.`);
  }

  return {
    list: (query = {}) => told(schedules.list.query(query)),
    each,
    get,
    create: (schedule) => told(schedules.create.mutate(schedule)),
    async change(schedule, fields) {
      const { id, version, ...saved } = await get(schedule);
      return told(schedules.update.mutate({ id, version, ...bodyOf(saved), ...fields }));
    },
    delete: async (schedule) => told(schedules.delete.mutate(await refOf(schedule))),
    enable: async (schedule) => told(schedules.enable.mutate(await refOf(schedule))),
    disable: async (schedule) => told(schedules.disable.mutate(await refOf(schedule))),
    pause: async (schedule, options = {}) => told(schedules.pause.mutate({ ...(await refOf(schedule)), ...options })),
    resume: async (schedule) => told(schedules.resume.mutate(await refOf(schedule))),
    run: async (schedule) => told(schedules.runNow.mutate(await refOf(schedule))),
    async skipNext(schedule) {
      const { id, name, nextDueAt } = await get(schedule);
      if (nextDueAt === null) throw new NexomaticError('conflict', `The schedule ${name} has no next run to skip.`);
      return told(schedules.skipNext.mutate({ id, dueAt: nextDueAt }));
    },
    unskip: async (schedule) => told(schedules.unskip.mutate(await refOf(schedule))),
    async *history(schedule, query = {}) {
      const ref = await refOf(schedule);
      yield* eachOf(async (from) => {
        const { occurrences, nextCursor } = await told(schedules.occurrences.query({ ...ref, ...query, ...from }));
        return { items: occurrences, nextCursor };
      });
    },
    preview: (timing) => told(schedules.preview.query(timing)),
    async next(schedule, count = 10) {
      const { id, kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds } = await get(schedule);
      const timing = { kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds };
      return told(schedules.preview.query({ ...timing, scheduleId: id, count }));
    },
    previewBackfill: async (schedule, window) =>
      told(schedules.backfillPreview.query({ ...(await refOf(schedule)), ...window })),
    backfill: async (schedule, window) => told(schedules.backfill.mutate({ ...(await refOf(schedule)), ...window })),
    releaseHeld: async (schedule, count) => told(schedules.releaseHeld.mutate({ ...(await refOf(schedule)), count })),
    discardHeld: async (schedule, count) => told(schedules.discardHeld.mutate({ ...(await refOf(schedule)), count })),
  };
}

/** What a save needs again of a schedule; typed as all of it, so that no field can be left out and lost. */
function bodyOf(saved: Omit<ScheduleSummary, 'id' | 'version'>): CreateSchedule {
  const { name, description, eventTypeId, payload, pinnedSinkId, enabled } = saved;
  const { kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds } = saved;
  const { overlap, missed, missedWindowMinutes, pauseAfterFailures } = saved;
  return {
    ...{ name, description, eventTypeId, payload, pinnedSinkId, enabled },
    ...{ kind, cron, at, timeZone, startsAt, endsAt, jitterSeconds },
    ...{ overlap, missed, missedWindowMinutes, pauseAfterFailures },
  };
}
