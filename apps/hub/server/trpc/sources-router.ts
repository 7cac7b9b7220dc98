import { NexomaticError } from '@nexomatic/contracts/error-code';
import { tryRoutesInput, tryRoutesOutput } from '@nexomatic/contracts/request-api';
import {
  addressedSource,
  createSourceInput,
  listSourcesInput,
  listSourcesOutput,
  savedSource,
  sourceDetail,
  sourceRef,
  sourceSummary,
  updateSourceInput,
} from '@nexomatic/contracts/source-api';
import * as z from 'zod';
import { holds } from '../auth/authorize.ts';
import { deleteSource } from '../sources/delete-source.ts';
import { getSource, listSources } from '../sources/read-sources.ts';
import { rotateSourceKey } from '../sources/rotate-key.ts';
import { createSource, updateSource } from '../sources/save-source.ts';
import { switchSource } from '../sources/switch-source.ts';
import { tryRoutes } from '../sources/try-routes.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['sources'];
const read = tenantProcedure('definitions.read');
const write = tenantProcedure('definitions.write');

/** Where events come from. */
export const sourcesRouter = router({
  list: read
    .meta({ openapi: { method: 'GET', path: '/sources', operationId: 'listSources', summary: 'List sources', tags } })
    .input(listSourcesInput)
    .output(listSourcesOutput)
    .query(({ ctx: { services, tenantId }, input }) => listSources(services, tenantId, input)),

  get: read
    .meta({
      openapi: { method: 'GET', path: '/sources/{id}', operationId: 'getSource', summary: 'Read one source', tags },
    })
    .input(sourceRef)
    .output(sourceDetail)
    .query(({ ctx: { services, tenantId }, input }) => getSource(services, tenantId, input.id)),

  create: write
    .meta({
      openapi: { method: 'POST', path: '/sources', operationId: 'createSource', summary: 'Make a source', tags },
    })
    .input(createSourceInput)
    .output(addressedSource)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createSource(services, tenantId, actor, input)),

  update: write
    .meta({
      openapi: { method: 'PUT', path: '/sources/{id}', operationId: 'updateSource', summary: 'Change a source', tags },
    })
    .input(updateSourceInput)
    .output(savedSource)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateSource(services, tenantId, actor, input)),

  enable: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{id}/enable',
        operationId: 'enableSource',
        summary: 'Let a source fire',
        tags,
      },
    })
    .input(sourceRef)
    .output(sourceSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      switchSource(services, tenantId, actor, { id: input.id, enabled: true }),
    ),

  disable: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{id}/disable',
        operationId: 'disableSource',
        summary: 'Stop a source',
        tags,
      },
    })
    .input(sourceRef)
    .output(sourceSummary)
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      switchSource(services, tenantId, actor, { id: input.id, enabled: false }),
    ),

  rotateKey: write
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{id}/rotate-key',
        operationId: 'rotateSourceKey',
        summary: 'Give a webhook another address',
        tags,
      },
    })
    .input(sourceRef)
    .output(addressedSource)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => rotateSourceKey(services, tenantId, actor, input.id)),

  /** Changes nothing; a mutation, because a request does not fit into an address. */
  tryRoutes: read
    .meta({
      openapi: {
        method: 'POST',
        path: '/sources/{id}/try-routes',
        operationId: 'trySourceRoutes',
        summary: 'Tell what routes make of a request',
        tags,
      },
    })
    .input(tryRoutesInput)
    .output(tryRoutesOutput)
    .mutation(({ ctx: { services, tenantId, principal }, input }) => {
      if (!('body' in input.request) && !holds(principal, 'events.read')) {
        throw new NexomaticError('forbidden', 'To try a kept request you need events.read.');
      }
      return tryRoutes(services, tenantId, input);
    }),

  delete: write
    .meta({
      openapi: {
        method: 'DELETE',
        path: '/sources/{id}',
        operationId: 'deleteSource',
        summary: 'Delete a source',
        tags,
      },
    })
    .input(sourceRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteSource(services, tenantId, actor, input.id)),
});
