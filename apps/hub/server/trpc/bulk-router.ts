import {
  bulkDetail,
  bulkJob,
  bulkRef,
  createBulkInput,
  listBulkInput,
  listBulkOutput,
  previewBulkInput,
  previewBulkOutput,
} from '@nexomatic/contracts/bulk-api';
import { abortBulk } from '../bulk/abort-bulk.ts';
import { createBulk } from '../bulk/create-bulk.ts';
import { previewBulk } from '../bulk/preview-bulk.ts';
import { getBulk, listBulk } from '../bulk/read-bulk.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['bulk'];
const read = tenantProcedure('events.read');
const manage = tenantProcedure('events.manage');

/** Re-running and cancelling many events by a frozen query. */
export const bulkRouter = router({
  preview: manage
    .meta({
      openapi: {
        method: 'GET',
        path: '/bulk/preview',
        operationId: 'previewBulk',
        summary: 'See what a bulk job would act on',
        tags,
      },
    })
    .input(previewBulkInput)
    .output(previewBulkOutput)
    .query(({ ctx: { services, tenantId }, input }) => previewBulk(services, tenantId, input)),

  create: manage
    .meta({
      openapi: { method: 'POST', path: '/bulk', operationId: 'createBulk', summary: 'Begin a bulk job', tags },
    })
    .input(createBulkInput)
    .output(bulkJob)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createBulk(services, tenantId, actor, input)),

  list: read
    .meta({ openapi: { method: 'GET', path: '/bulk', operationId: 'listBulk', summary: 'List bulk jobs', tags } })
    .input(listBulkInput)
    .output(listBulkOutput)
    .query(({ ctx: { services, tenantId }, input }) => listBulk(services, tenantId, input)),

  get: read
    .meta({
      openapi: { method: 'GET', path: '/bulk/{id}', operationId: 'getBulk', summary: 'Read one bulk job', tags },
    })
    .input(bulkRef)
    .output(bulkDetail)
    .query(({ ctx: { services, tenantId }, input }) => getBulk(services, tenantId, input.id)),

  abort: manage
    .meta({
      openapi: {
        method: 'POST',
        path: '/bulk/{id}/abort',
        operationId: 'abortBulk',
        summary: 'End a bulk job after the batch that is under way',
        tags,
      },
    })
    .input(bulkRef)
    .output(bulkJob)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => abortBulk(services, tenantId, actor, input.id)),
});
