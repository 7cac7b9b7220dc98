import {
  checkEventTypeInput,
  checkEventTypeOutput,
  createEventTypeInput,
  dryRunInput,
  dryRunOutput,
  eventTypeChain,
  eventTypeRef,
  eventTypeSummary,
  eventTypeVersions,
  listEventTypesInput,
  listEventTypesOutput,
  payloadSample,
  restoreEventTypeInput,
  savedEventType,
  updateEventTypeInput,
} from '@nexomatic/contracts/event-type-api';
import type { OpenApiMeta } from 'trpc-to-openapi';
import * as z from 'zod';
import { checkEventType } from '../event-types/check-event-type.ts';
import { deleteEventType } from '../event-types/delete-event-type.ts';
import { dryRun } from '../event-types/dry-run.ts';
import { getEventType, listEventTypes, listEventTypeVersions } from '../event-types/read-event-types.ts';
import { samplePayloads } from '../event-types/sample-payloads.ts';
import {
  createEventType,
  restoreEventType,
  setEventTypeEnabled,
  updateEventType,
} from '../event-types/save-event-type.ts';
import { showChain } from '../event-types/show-chain.ts';
import { router, tenantProcedure } from './procedure.ts';
import { payloadTextOf } from './raw-json.ts';

const read = tenantProcedure('definitions.read');
const write = tenantProcedure('definitions.write');

type Address = Pick<NonNullable<OpenApiMeta['openapi']>, 'method' | 'path' | 'operationId' | 'summary'>;
const at = (method: Address['method'], path: `/${string}`, operationId: string, summary: string): OpenApiMeta => ({
  openapi: { method, path: `/event-types${path === '/' ? '' : path}`, operationId, summary, tags: ['event types'] },
});

/** Templates for events: who may fire what, who runs it, within which limits. */
export const eventTypesRouter = router({
  list: read
    .meta(at('GET', '/', 'listEventTypes', 'List event types'))
    .input(listEventTypesInput)
    .output(listEventTypesOutput)
    .query(({ ctx: { services, tenantId }, input }) => listEventTypes(services, tenantId, input)),

  get: read
    .meta(at('GET', '/{id}', 'getEventType', 'Read one event type'))
    .input(eventTypeRef)
    .output(eventTypeSummary)
    .query(({ ctx: { services, tenantId }, input }) => getEventType(services, tenantId, input.id)),

  create: write
    .meta(at('POST', '/', 'createEventType', 'Make an event type, and its action where that is new'))
    .input(createEventTypeInput)
    .output(savedEventType)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => createEventType(services, tenantId, actor, input)),

  update: write
    .meta(at('PUT', '/{id}', 'updateEventType', 'Change an event type'))
    .input(updateEventTypeInput)
    .output(savedEventType)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateEventType(services, tenantId, actor, input)),

  delete: write
    .meta(at('DELETE', '/{id}', 'deleteEventType', 'Delete an event type'))
    .input(eventTypeRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => deleteEventType(services, tenantId, actor, input.id)),

  enable: write
    .meta(at('POST', '/{id}/enable', 'enableEventType', 'Let an event type be fired'))
    .input(eventTypeRef)
    .output(savedEventType)
    .mutation(({ ctx: { services, tenantId, actor }, input: { id } }) =>
      setEventTypeEnabled(services, tenantId, actor, { id, enabled: true }),
    ),

  disable: write
    .meta(at('POST', '/{id}/disable', 'disableEventType', 'Stop an event type from being fired; `usedBy` says by what'))
    .input(eventTypeRef)
    .output(savedEventType)
    .mutation(({ ctx: { services, tenantId, actor }, input: { id } }) =>
      setEventTypeEnabled(services, tenantId, actor, { id, enabled: false }),
    ),

  versions: read
    .meta(at('GET', '/{id}/versions', 'listEventTypeVersions', 'Read every version of an event type'))
    .input(eventTypeRef)
    .output(eventTypeVersions)
    .query(({ ctx: { services, tenantId }, input }) => listEventTypeVersions(services, tenantId, input.id)),

  restore: write
    .meta(at('POST', '/{id}/restore', 'restoreEventType', 'Bring an earlier version of an event type back'))
    .input(restoreEventTypeInput)
    .output(savedEventType)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => restoreEventType(services, tenantId, actor, input)),

  /** Changes nothing; a draft is too long for the address of a query. */
  check: read
    .meta(at('POST', '/check', 'checkEventType', 'Say what a save would be refused for and warned of'))
    .input(checkEventTypeInput)
    .output(checkEventTypeOutput)
    .mutation(({ ctx: { services, tenantId }, input }) => checkEventType(services, tenantId, input)),

  chain: read
    .meta(at('GET', '/{id}/chain', 'readEventTypeChain', 'Read what leads to an event type and what follows on it'))
    .input(eventTypeRef)
    .output(eventTypeChain)
    .query(({ ctx: { services, tenantId }, input }) => showChain(services, tenantId, input.id)),

  samples: tenantProcedure('events.read')
    .meta(at('GET', '/{id}/samples', 'sampleEventTypePayloads', 'Read what its latest payloads hold'))
    .input(eventTypeRef)
    .output(payloadSample)
    .query(({ ctx: { services, tenantId }, input }) => samplePayloads(services, tenantId, input.id)),

  dryRun: tenantProcedure('events.fire')
    .meta(at('POST', '/{id}/dry-run', 'dryRunEventType', 'Check a payload and resolve parameters without firing'))
    .input(dryRunInput)
    .output(dryRunOutput)
    .mutation(({ ctx: { services, tenantId }, input }) =>
      dryRun(services, tenantId, input.id, payloadTextOf(input) ?? 'null'),
    ),
});
