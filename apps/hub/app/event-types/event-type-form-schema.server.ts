import { sourceKinds } from '@nexomatic/contracts/definition-api';
import { eventTypeLimits } from '@nexomatic/contracts/event-type-limits';
import { idSchema } from '@nexomatic/contracts/id';
import { retentionNames, retentionRules } from '@nexomatic/contracts/retention';
import { z } from 'zod';
import { parameterRows, rowFieldNames } from '../parameters/row-schema.server.ts';
import { toParameters } from '../parameters/row-values.ts';

const number = (name: keyof typeof eventTypeLimits) => z.number('A whole number.').default(eventTypeLimits[name].unset);

/** What the form of an event type sends; the hub checks what the fields hold. */
export const eventTypeForm = z.object({
  name: z.string('Give it a name.'),
  description: z.string().default(''),
  sourceKind: z.enum(sourceKinds).optional(),
  sinkTypeId: z.string('Choose what runs it.'),
  actionChoice: z.enum(['existing', 'new']).default('existing'),
  actionId: z.optional(idSchema('action')),
  newAction: z
    .object({
      name: z.string().default(''),
      module: z.string().default(''),
      onSuccessId: z.optional(idSchema('eventType')),
      onFailureId: z.optional(idSchema('eventType')),
    })
    .optional(),
  enabled: z.boolean().default(false),
  maxAttempts: number('maxAttempts'),
  backoffSeconds: number('backoffSeconds'),
  timeoutSeconds: number('timeoutSeconds'),
  queueTtlSeconds: number('queueTtlSeconds'),
  rerunWhenLost: z.boolean().default(false),
  payloadSchema: z.string().optional(),
  searchKeys: z.string().default(''),
  retention: retentionRules.default({}),
  parameters: parameterRows,
  /** Of an event type that is edited: the version that the form began with, and the one to save over. */
  version: z.number().optional(),
  saveOver: z.number().optional(),
});

type EventTypeForm = z.infer<typeof eventTypeForm>;

/** The same as the hub takes it. */
export function eventTypeInput(value: EventTypeForm) {
  const { actionChoice, actionId, newAction, version: _, saveOver: __, parameters, searchKeys, ...fields } = value;
  return {
    ...fields,
    sourceKind: fields.sourceKind ?? null,
    sinkTypeId: fields.sinkTypeId as `skt_${string}`,
    payloadSchema: fields.payloadSchema ?? null,
    searchKeys: searchKeys.split(/[\s,]+/).filter((key) => key !== ''),
    parameters: toParameters(parameters),
    ...whichAction({ actionChoice, actionId, newAction }),
  };
}

type WhichAction = Pick<z.infer<typeof eventTypeForm>, 'actionChoice' | 'actionId' | 'newAction'>;

/** One of the two, as the choice says; what was filled in for the other stays behind. */
const whichAction = ({ actionChoice, actionId, newAction }: WhichAction): Omit<WhichAction, 'actionChoice'> =>
  actionChoice === 'new' ? { newAction: { name: '', module: '', ...newAction } } : { actionId };

/** A draft as far as it is filled in, for the check while somebody writes. */
export function eventTypeDraft(value: EventTypeForm, id: `ety_${string}` | null) {
  const { name, sinkTypeId, actionId, newAction, payloadSchema, parameters } = eventTypeInput(value);
  return {
    ...(id ? { id } : {}),
    ...(name ? { name } : {}),
    ...(sinkTypeId ? { sinkTypeId } : {}),
    ...(actionId ? { actionId } : {}),
    ...(newAction ? { newAction } : {}),
    ...(payloadSchema === null ? {} : { payloadSchema }),
    parameters,
  };
}

/** The same form while it is filled in: nothing is required yet. */
export const eventTypeDraftForm = eventTypeForm.extend({
  name: z.string().default(''),
  sinkTypeId: z.string().default(''),
  parameters: z
    .array(
      z.object({
        key: z.string().default(''),
        kind: z.enum(['TEXT', 'JSON', 'DATA', 'SECRET']).default('TEXT'),
        value: z.string().default(''),
      }),
    )
    .default([]),
});

/** Where faults that the hub finds can be shown. */
export const eventTypeFieldNames = (value: EventTypeForm): string[] => [
  ...Object.keys(eventTypeForm.shape).filter((name) => !['parameters', 'newAction', 'retention'].includes(name)),
  ...['newAction.name', 'newAction.module', 'newAction.onSuccessId', 'newAction.onFailureId'],
  ...retentionNames.map((name) => `retention.${name}`),
  ...rowFieldNames(value.parameters.length),
];
