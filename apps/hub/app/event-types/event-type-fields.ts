import type { SourceKind } from '@nexomatic/contracts/definition-api';
import type { EventTypeBody } from '@nexomatic/contracts/event-type-api';
import type { Choice } from '../components/form/combobox-field.tsx';
import { toRows } from '../parameters/row-values.ts';
import { retentionTexts, retentionWords } from '../retention/retention-fields.tsx';

/** How the fields of an event type are called, in its form, its history and the answers of the hub. */
export const eventTypeLabels = {
  name: 'Name',
  description: 'Description',
  sourceKind: 'May be fired by',
  sinkTypeId: 'Runs on',
  actionChoice: 'Which action',
  actionId: 'Action',
  newAction: 'New action',
  enabled: 'Enabled',
  maxAttempts: 'Attempts',
  backoffSeconds: 'Wait between attempts',
  timeoutSeconds: 'Time limit',
  queueTtlSeconds: 'Time in the queue',
  rerunWhenLost: 'Safe to run again',
  payloadSchema: 'Payload schema',
  searchKeys: 'Search keys',
  retention: 'Kept for',
  parameters: 'Parameters',
};

/** Each kind of source in a sentence; people and programs fire as CUSTOM. */
export const sourceKindWords: Record<SourceKind, { label: string; noun: string }> = {
  WEBHOOK: { label: 'Webhooks', noun: 'a webhook' },
  SCHEDULER: { label: 'Schedules', noun: 'a schedule' },
  EVENT_GRID: { label: 'Azure Event Grid', noun: 'Event Grid' },
  CUSTOM: { label: 'Programs and people', noun: 'a program or a person' },
};

/** An event type as its form begins with it. Numbers and switches are texts there. */
export function formValue(body: EventTypeBody) {
  return {
    name: body.name,
    description: body.description,
    sourceKind: body.sourceKind,
    sinkTypeId: body.sinkTypeId,
    actionChoice: 'existing',
    actionId: body.actionId,
    enabled: body.enabled ? 'on' : undefined,
    maxAttempts: String(body.maxAttempts),
    backoffSeconds: String(body.backoffSeconds),
    timeoutSeconds: String(body.timeoutSeconds),
    queueTtlSeconds: String(body.queueTtlSeconds),
    rerunWhenLost: body.rerunWhenLost ? 'on' : undefined,
    payloadSchema: body.payloadSchema ?? '',
    searchKeys: body.searchKeys.join('\n'),
    retention: retentionTexts(body.retention),
    parameters: toRows(body.parameters),
  };
}

/** An event type as its history compares it: what it refers to by name. */
export function historyBody(
  { sinkTypeId, actionId, ...body }: EventTypeBody,
  { sinkTypes, actions }: { sinkTypes: readonly Choice[]; actions: readonly Choice[] },
) {
  const nameIn = (choices: readonly Choice[], id: string) => choices.find(({ value }) => value === id)?.label ?? id;
  const yes = (on: boolean) => (on ? 'yes' : 'no');
  const seconds = (count: number) => `${count} s`;
  return {
    name: body.name,
    description: body.description,
    sourceKind: body.sourceKind ? sourceKindWords[body.sourceKind].label : 'Anything',
    sinkTypeId: nameIn(sinkTypes, sinkTypeId),
    actionId: nameIn(actions, actionId),
    enabled: yes(body.enabled),
    maxAttempts: body.maxAttempts,
    backoffSeconds: seconds(body.backoffSeconds),
    timeoutSeconds: seconds(body.timeoutSeconds),
    queueTtlSeconds: seconds(body.queueTtlSeconds),
    rerunWhenLost: yes(body.rerunWhenLost),
    payloadSchema: body.payloadSchema ?? '',
    searchKeys: body.searchKeys.join(', '),
    retention: retentionWords(body.retention ?? {}) || 'as the tenant says',
    parameters: body.parameters,
  };
}
