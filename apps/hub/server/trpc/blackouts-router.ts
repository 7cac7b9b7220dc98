import {
  blackoutRef,
  blackoutSummary,
  createBlackoutInput,
  listBlackoutsInput,
  listBlackoutsOutput,
  updateBlackoutInput,
} from '@nexomatic/contracts/blackout-api';
import * as z from 'zod';
import { getBlackout, listBlackouts } from '../schedules/blackouts/read-blackouts.ts';
import { createBlackout, deleteBlackout, updateBlackout } from '../schedules/blackouts/save-blackout.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['schedules'];
const read = tenantProcedure('definitions.read');
const write = tenantProcedure('definitions.write');

/** Windows in which schedules skip their runs. */
export const blackoutsRouter = router({
  list: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/blackouts',
        operationId: 'listBlackouts',
        summary: 'List windows in which runs are skipped',
        tags,
      },
    })
    .input(listBlackoutsInput)
    .output(listBlackoutsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listBlackouts(services, tenantId, input)),

  get: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/blackouts/{id}',
        operationId: 'getBlackout',
        summary: 'Read one blackout',
        tags,
      },
    })
    .input(blackoutRef)
    .output(blackoutSummary)
    .query(({ ctx: { services, tenantId }, input }) => getBlackout(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/blackouts',
        operationId: 'createBlackout',
        summary: 'Make a window in which runs are skipped',
        tags,
      },
    })
    .input(createBlackoutInput)
    .output(blackoutSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createBlackout(services, tenantId, actor, input)),

  update: write
    .meta({
      openapi: {
        method: 'PUT',
        path: '/blackouts/{id}',
        operationId: 'updateBlackout',
        summary: 'Change a blackout',
        tags,
      },
    })
    .input(updateBlackoutInput)
    .output(blackoutSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateBlackout(services, tenantId, actor, input)),

  delete: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/blackouts/{id}',
        operationId: 'deleteBlackout',
        summary: 'Delete a blackout',
        tags,
      },
    })
    .input(blackoutRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteBlackout(services, tenantId, actor, input.id)),
});
