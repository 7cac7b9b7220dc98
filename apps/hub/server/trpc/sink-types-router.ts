import {
  createSinkTypeInput,
  listSinkTypesInput,
  listSinkTypesOutput,
  sinkTypeRef,
  sinkTypeSummary,
  updateSinkTypeInput,
} from '@nexomatic/contracts/sink-type-api';
import * as z from 'zod';
import { deleteSinkType } from '../sink-types/delete-sink-type.ts';
import { getSinkType, listSinkTypes } from '../sink-types/read-sink-types.ts';
import { createSinkType, updateSinkType } from '../sink-types/save-sink-type.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sinks'];
const read = tenantProcedure('definitions.read');
const write = tenantProcedure('definitions.write');

/** What kinds of sinks there are: those of one type stand in for each other. */
export const sinkTypesRouter = router({
  list: read
    .meta({
      openapi: { method: 'GET', path: '/sink-types', operationId: 'listSinkTypes', summary: 'List sink types', tags },
    })
    .input(listSinkTypesInput)
    .output(listSinkTypesOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSinkTypes(services, tenantId, input)),

  get: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/sink-types/{id}',
        operationId: 'getSinkType',
        summary: 'Read one sink type',
        tags,
      },
    })
    .input(sinkTypeRef)
    .output(sinkTypeSummary)
    .query(({ ctx: { services, tenantId }, input }) => getSinkType(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sink-types',
        operationId: 'createSinkType',
        summary: 'Make a sink type',
        tags,
      },
    })
    .input(createSinkTypeInput)
    .output(sinkTypeSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createSinkType(services, tenantId, actor, input)),

  update: write
    .meta({
      openapi: {
        method: 'PUT',
        path: '/sink-types/{id}',
        operationId: 'updateSinkType',
        summary: 'Change a sink type',
        tags,
      },
    })
    .input(updateSinkTypeInput)
    .output(sinkTypeSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateSinkType(services, tenantId, actor, input)),

  delete: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/sink-types/{id}',
        operationId: 'deleteSinkType',
        summary: 'Delete a sink type',
        tags,
      },
    })
    .input(sinkTypeRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteSinkType(services, tenantId, actor, input.id)),
});
