import type { useForm } from '@conform-to/react';
import { eventTypeLimits } from '@nexomatic/contracts/event-type-limits';
import type { ParameterRow } from '../parameters/row-values.ts';
import type { RetentionTexts } from '../retention/retention-fields.tsx';
import type { FormChoices } from './form-choices.server.ts';

/** The form of an event type as conform knows it. */
export interface EventTypeFormShape {
  name: string;
  description: string;
  sourceKind: string | null;
  sinkTypeId: string;
  actionChoice: string;
  actionId: string;
  newAction: { name: string; module: string; onSuccessId: string; onFailureId: string };
  enabled: string | undefined;
  maxAttempts: string;
  backoffSeconds: string;
  timeoutSeconds: string;
  queueTtlSeconds: string;
  rerunWhenLost: string | undefined;
  payloadSchema: string;
  searchKeys: string;
  retention: RetentionTexts;
  parameters: ParameterRow[];
}

export type EventTypeFields = ReturnType<typeof useForm<EventTypeFormShape>>[1];

/** What a new event type begins with: the only sink type there is, and an action of its own where there is none yet. */
export function newDefaults({ sinkTypes, actions }: FormChoices) {
  const [only] = sinkTypes;
  const unset = (name: keyof typeof eventTypeLimits) => String(eventTypeLimits[name].unset);
  return {
    ...(only && sinkTypes.length === 1 ? { sinkTypeId: only.value } : {}),
    actionChoice: actions.length === 0 ? 'new' : 'existing',
    enabled: 'on',
    maxAttempts: unset('maxAttempts'),
    backoffSeconds: unset('backoffSeconds'),
    timeoutSeconds: unset('timeoutSeconds'),
    queueTtlSeconds: unset('queueTtlSeconds'),
  };
}
