import { scheduleRef, scheduleSummary } from '@nexomatic/contracts/schedule-api';
import {
  backfillInput,
  backfillPreviewInput,
  backfillPreviewOutput,
  discardedRuns,
  firedRuns,
  heldInput,
  listOccurrencesInput,
  listOccurrencesOutput,
  ranNow,
  skipNextInput,
  upcomingInput,
  upcomingOutput,
} from '@nexomatic/contracts/schedule-run-api';
import { backfill, previewBackfill } from '../schedules/backfill.ts';
import { discardHeld, releaseHeld } from '../schedules/held-runs.ts';
import { listOccurrences } from '../schedules/list-occurrences.ts';
import { runNow } from '../schedules/run-schedule.ts';
import { skipNext, unskip } from '../schedules/skip-next.ts';
import { upcomingRuns } from '../schedules/upcoming-runs.ts';
import { tenantProcedure } from './procedure.ts';

const tags = ['schedules'];
const read = tenantProcedure('definitions.read');
const operate = tenantProcedure('schedules.operate');

/** The runs of schedules: what became of them, and what people do about them. Part of `schedules`. */
export const scheduleRunProcedures = {
  upcoming: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/upcoming-runs',
        operationId: 'listUpcomingRuns',
        summary: 'Count the runs that are to come, by quarters of an hour',
        tags,
      },
    })
    .input(upcomingInput)
    .output(upcomingOutput)
    .query(({ ctx: { services, tenantId }, input }) => upcomingRuns(services, tenantId, input.hours)),

  occurrences: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/schedules/{id}/occurrences',
        operationId: 'listOccurrences',
        summary: 'List what became of the runs of a schedule',
        tags,
      },
    })
    .input(listOccurrencesInput)
    .output(listOccurrencesOutput)
    .query(({ ctx: { services, tenantId }, input }) => listOccurrences(services, tenantId, input)),

  runNow: tenantProcedure('events.fire')
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/run',
        operationId: 'runSchedule',
        summary: 'Fire a schedule now',
        tags,
      },
    })
    .input(scheduleRef)
    .output(ranNow)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => runNow(services, tenantId, actor, input.id)),

  skipNext: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/skip-next',
        operationId: 'skipNextRun',
        summary: 'Skip the next run of a schedule',
        tags,
      },
    })
    .input(skipNextInput)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => skipNext(services, tenantId, actor, input)),

  unskip: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/unskip',
        operationId: 'unskipRun',
        summary: 'Let a run fire that was to be skipped',
        tags,
      },
    })
    .input(scheduleRef)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => unskip(services, tenantId, actor, input.id)),

  backfillPreview: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/schedules/{id}/backfill',
        operationId: 'previewBackfill',
        summary: 'Count the runs of a past window that would fire',
        tags,
      },
    })
    .input(backfillPreviewInput)
    .output(backfillPreviewOutput)
    .query(({ ctx: { services, tenantId }, input }) => previewBackfill(services, tenantId, input)),

  backfill: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/backfill',
        operationId: 'backfillSchedule',
        summary: 'Fire the runs of a past window',
        tags,
      },
    })
    .input(backfillInput)
    .output(firedRuns)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => backfill(services, tenantId, actor, input)),

  releaseHeld: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/held/release',
        operationId: 'releaseHeldRuns',
        summary: 'Fire missed runs that were held',
        tags,
      },
    })
    .input(heldInput)
    .output(firedRuns)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => releaseHeld(services, tenantId, actor, input)),

  discardHeld: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/held/discard',
        operationId: 'discardHeldRuns',
        summary: 'Let missed runs go that were held',
        tags,
      },
    })
    .input(heldInput)
    .output(discardedRuns)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => discardHeld(services, tenantId, actor, input)),
};
