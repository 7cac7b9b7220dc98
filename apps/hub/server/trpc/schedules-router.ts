import {
  createScheduleInput,
  listSchedulesInput,
  listSchedulesOutput,
  pauseScheduleInput,
  scheduleRef,
  scheduleSummary,
  updateScheduleInput,
} from '@nexomatic/contracts/schedule-api';
import { previewScheduleInput, schedulePreview } from '@nexomatic/contracts/schedule-preview';
import * as z from 'zod';
import { deleteSchedule } from '../schedules/delete-schedule.ts';
import { pauseSchedule, resumeSchedule } from '../schedules/pause-schedule.ts';
import { previewSchedule } from '../schedules/preview-schedule.ts';
import { getSchedule, listSchedules } from '../schedules/read-schedules.ts';
import { createSchedule, updateSchedule } from '../schedules/save-schedule.ts';
import { scheduleChanges } from '../schedules/schedule-changes.ts';
import { switchSchedule } from '../schedules/switch-schedule.ts';
import { router, tenantProcedure } from './procedure.ts';
import { scheduleRunProcedures } from './schedule-run-procedures.ts';

const tags = ['schedules'];
const read = tenantProcedure('definitions.read');
const write = tenantProcedure('definitions.write');
const operate = tenantProcedure('schedules.operate');

/** When to fire event types. */
export const schedulesRouter = router({
  list: read
    .meta({
      openapi: { method: 'GET', path: '/schedules', operationId: 'listSchedules', summary: 'List schedules', tags },
    })
    .input(listSchedulesInput)
    .output(listSchedulesOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSchedules(services, tenantId, input)),

  preview: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/schedules/preview',
        operationId: 'previewSchedule',
        summary: 'Tell when a schedule would run',
        tags,
      },
    })
    .input(previewScheduleInput)
    .output(schedulePreview)
    .query(({ ctx: { services, tenantId }, input }) => previewSchedule(services, tenantId, input)),

  get: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/schedules/{id}',
        operationId: 'getSchedule',
        summary: 'Read one schedule',
        tags,
      },
    })
    .input(scheduleRef)
    .output(scheduleSummary)
    .query(({ ctx: { services, tenantId }, input }) => getSchedule(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: { method: 'POST', path: '/schedules', operationId: 'createSchedule', summary: 'Make a schedule', tags },
    })
    .input(createScheduleInput)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createSchedule(services, tenantId, actor, input)),

  update: write
    .meta({
      openapi: {
        method: 'PUT',
        path: '/schedules/{id}',
        operationId: 'updateSchedule',
        summary: 'Change a schedule',
        tags,
      },
    })
    .input(updateScheduleInput)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateSchedule(services, tenantId, actor, input)),

  delete: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/schedules/{id}',
        operationId: 'deleteSchedule',
        summary: 'Delete a schedule',
        tags,
      },
    })
    .input(scheduleRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteSchedule(services, tenantId, actor, input.id)),

  enable: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/enable',
        operationId: 'enableSchedule',
        summary: 'Switch a schedule on',
        tags,
      },
    })
    .input(scheduleRef)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      switchSchedule(services, tenantId, actor, { ...input, enabled: true }),
    ),

  disable: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/disable',
        operationId: 'disableSchedule',
        summary: 'Switch a schedule off',
        tags,
      },
    })
    .input(scheduleRef)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      switchSchedule(services, tenantId, actor, { ...input, enabled: false }),
    ),

  pause: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/pause',
        operationId: 'pauseSchedule',
        summary: 'Pause a schedule',
        tags,
      },
    })
    .input(pauseScheduleInput)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => pauseSchedule(services, tenantId, actor, input)),

  resume: operate
    .meta({
      openapi: {
        method: 'POST',
        path: '/schedules/{id}/resume',
        operationId: 'resumeSchedule',
        summary: 'Let a paused schedule go on',
        tags,
      },
    })
    .input(scheduleRef)
    .output(scheduleSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => resumeSchedule(services, tenantId, actor, input.id)),

  ...scheduleRunProcedures,

  /** Which schedules changed or had a run decided, gathered for a quarter of a second. */
  changes: read.subscription(({ ctx: { services, tenantId }, signal = never }) =>
    scheduleChanges(services.live, tenantId, signal),
  ),
});

/** For callers in the same process, who end a subscription by leaving its loop. */
const never = new AbortController().signal;
