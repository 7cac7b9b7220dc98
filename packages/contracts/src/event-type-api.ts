import * as z from 'zod';
import { createActionInput } from './action-api.ts';
import {
  currentVersion,
  definitionVersion,
  description,
  idFilter,
  instant,
  listInput,
  named,
  nextCursor,
  parameterInput,
  parameterKinds,
  parametersInput,
  reference,
  sourceKinds,
  warning,
} from './definition-api.ts';
import { nameSchema, payloadJson } from './event-api.ts';
import { payloadPathPattern } from './event-query-keys.ts';
import { eventStateSchema } from './event-state.ts';
import { eventTypeLimits, maxSchemaBytes, maxSearchKeys } from './event-type-limits.ts';
import { idSchema } from './id.ts';
import { retentionRules } from './retention.ts';

/** Event types in the API: who may fire what, who runs it, and within which limits. */

function within(name: keyof typeof eventTypeLimits, unit: string) {
  const { min, max, unset } = eventTypeLimits[name];
  const message = `a whole number of ${unit} from ${min} to ${max}`;
  return z.int(message).min(min, message).max(max, message).default(unset);
}

const searchKey = z
  .string()
  .max(100)
  .regex(payloadPathPattern, 'a path into the payload such as order.id: names joined by dots');

/** What is saved, but for the action: that is named or made on the spot. */
const fields = {
  name: nameSchema,
  description,
  sinkTypeId: idSchema('sinkType'),
  sourceKind: z.enum(sourceKinds).nullable().default(null).describe('kind of source that may fire it; null for any'),
  enabled: z.boolean().default(true),
  maxAttempts: within('maxAttempts', 'attempts'),
  backoffSeconds: within('backoffSeconds', 'seconds').describe('wait before the second attempt; doubles each time'),
  timeoutSeconds: within('timeoutSeconds', 'seconds').describe('an attempt that runs longer is stopped'),
  queueTtlSeconds: within('queueTtlSeconds', 'seconds').describe('an event that no sink takes in this time expires'),
  rerunWhenLost: z.boolean().default(false).describe('whether it may run again after its sink was lost'),
  payloadSchema: z
    .string()
    .max(maxSchemaBytes)
    .nullable()
    .default(null)
    .describe('JSON Schema (2020-12) as text; payloads that do not pass are refused'),
  searchKeys: z
    .array(searchKey)
    .max(maxSearchKeys)
    .default([])
    .describe('paths into the payload by which events can be searched'),
  retention: retentionRules.default({}).describe('what is kept for another time than the tenant says'),
  parameters: parametersInput,
};

const whichAction = {
  actionId: z.optional(idSchema('action')).describe('the action that it runs; or `newAction`'),
  newAction: createActionInput.optional().describe('an action to be made with it, instead of `actionId`'),
};

export const createEventTypeInput = z.strictObject({ ...fields, ...whichAction });
export type CreateEventType = z.infer<typeof createEventTypeInput>;
export const updateEventTypeInput = z.strictObject({
  id: idSchema('eventType'),
  version: currentVersion,
  ...fields,
  ...whichAction,
});
export type UpdateEventType = z.infer<typeof updateEventTypeInput>;
export const eventTypeRef = z.strictObject({ id: idSchema('eventType') });
export const restoreEventTypeInput = z.strictObject({
  id: idSchema('eventType'),
  version: currentVersion,
  restore: z.int().positive().describe('number of the version to bring back, as a new version'),
});

/** An event type as one version of it says. */
export const eventTypeBody = z.object({
  name: z.string(),
  description: z.string(),
  sinkTypeId: idSchema('sinkType'),
  actionId: idSchema('action'),
  sourceKind: z.enum(sourceKinds).nullable(),
  enabled: z.boolean(),
  maxAttempts: z.int(),
  backoffSeconds: z.int(),
  timeoutSeconds: z.int(),
  queueTtlSeconds: z.int(),
  rerunWhenLost: z.boolean(),
  payloadSchema: z.string().nullable(),
  searchKeys: z.array(z.string()),
  retention: retentionRules.default({}),
  parameters: z.array(parameterInput),
});
export type EventTypeBody = z.infer<typeof eventTypeBody>;

export const eventTypeSummary = eventTypeBody.extend({
  id: idSchema('eventType'),
  version: z.int(),
  sinkType: named(idSchema('sinkType')),
  action: z.object({
    id: idSchema('action'),
    name: z.string(),
    module: z.string(),
    onSuccess: named(idSchema('eventType')).nullable(),
    onFailure: named(idSchema('eventType')).nullable(),
  }),
  usedBy: z.array(reference).describe('actions, sources and schedules that fire it'),
  lastEvent: z.object({ id: idSchema('event'), state: eventStateSchema, createdAt: instant }).nullable(),
  disabledAt: instant.nullable(),
  createdAt: instant,
  updatedAt: instant,
});
export type EventTypeSummary = z.infer<typeof eventTypeSummary>;

export const savedEventType = eventTypeSummary.extend({ warnings: z.array(warning) });
export type SavedEventType = z.infer<typeof savedEventType>;

export const listEventTypesInput = listInput.extend({
  enabled: z.boolean().optional().describe('only those that are, or are not, enabled'),
  sinkTypeId: idFilter('sinkType').describe('only those that run on this type of sink'),
  actionId: idFilter('action').describe('only those that run this action'),
});
export type ListEventTypes = z.infer<typeof listEventTypesInput>;
export const listEventTypesOutput = z.object({ eventTypes: z.array(eventTypeSummary), nextCursor });
export const eventTypeVersions = z.object({ versions: z.array(definitionVersion(eventTypeBody)) });

/** A draft, as far as it is filled in: what is left out is not checked. */
export const checkEventTypeInput = z.strictObject({
  id: z.optional(idSchema('eventType')).describe('the event type that is edited; left out for a new one'),
  name: z.string().max(200).optional(),
  sinkTypeId: z.optional(idSchema('sinkType')),
  actionId: z.optional(idSchema('action')),
  newAction: z
    .strictObject({
      name: z.string().max(200).optional(),
      module: z.string().max(300).optional(),
      onSuccessId: z.optional(z.nullable(idSchema('eventType'))),
      onFailureId: z.optional(z.nullable(idSchema('eventType'))),
    })
    .optional(),
  payloadSchema: z.string().max(maxSchemaBytes).nullable().optional(),
  parameters: z
    .array(z.strictObject({ key: z.string().max(200), kind: z.enum(parameterKinds), value: z.string().max(16_384) }))
    .max(100)
    .default([]),
});
export type CheckEventType = z.infer<typeof checkEventTypeInput>;
export const checkEventTypeOutput = z.object({
  errors: z.array(z.object({ path: z.string(), message: z.string() })).describe('what a save would be refused for'),
  warnings: z.array(warning).describe('what may go wrong later'),
});
export type CheckedEventType = z.infer<typeof checkEventTypeOutput>;

export const chainNode = z.object({
  id: idSchema('eventType'),
  name: z.string(),
  enabled: z.boolean(),
  action: named(idSchema('action')),
  sinkType: named(idSchema('sinkType')),
  /** Sources and schedules; the actions that fire it are edges. */
  firedBy: z.array(reference).describe('sources and schedules that fire it'),
});
export const chainEdge = z.object({
  from: idSchema('eventType'),
  to: idSchema('eventType'),
  edge: z.enum(['success', 'failure']),
});
export const eventTypeChain = z.object({
  nodes: z.array(chainNode).describe('the event type, all that can lead to it, and all that can follow'),
  edges: z.array(chainEdge),
  truncated: z.boolean().describe('true when there are more than are shown'),
});
export type EventTypeChain = z.infer<typeof eventTypeChain>;

export const payloadSample = z.object({
  looked: z.int().describe('how many of its latest payloads were looked at'),
  latest: z
    .object({ eventId: idSchema('event'), text: z.string() })
    .nullable()
    .describe('its latest payload that is JSON and of at most 64 KiB'),
  paths: z
    .array(z.object({ path: z.string(), types: z.array(z.string()), seen: z.int(), example: z.string() }))
    .describe('what stands in them: keys as DATA parameters name them, JSON Pointers for nested ones'),
});
export type PayloadSample = z.infer<typeof payloadSample>;

export const dryRunInput = z.strictObject({
  id: idSchema('eventType'),
  payload: z.unknown().optional().describe('any JSON value; null when left out'),
  payloadJson,
});
export const dryRunOutput = z.object({
  ok: z.boolean().describe('whether firing it with this payload would start the module'),
  problems: z.array(z.string()).describe('what would hinder it, beside payload and parameters'),
  payloadErrors: z.array(z.object({ path: z.string(), message: z.string() })),
  parameters: z.array(
    z.object({
      key: z.string(),
      kind: z.enum(parameterKinds),
      origin: z.enum(['event_type', 'action']),
      value: z.string(),
      json: z.string().nullable().describe('the value that the module would get; null for secrets, and when missing'),
      problem: z.string().nullable(),
    }),
  ),
});
export type DryRun = z.infer<typeof dryRunOutput>;
