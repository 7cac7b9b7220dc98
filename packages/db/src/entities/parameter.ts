import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { ParameterKind } from '@nexomatic/contracts/definition-api';
import { id, name, text } from './columns.ts';

/** A named value for the module, declared on an event type or on an action; the event type wins on the same key. */
export const Parameter = defineEntity({
  name: 'Parameter',
  tableName: 'parameters',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('parameter').primary(),
    eventTypeId: id('eventType').nullable(),
    actionId: id('action').nullable(),
    key: name(),
    kind: text(8).$type<ParameterKind>(),
    /** STATIC: JSON text of the value. DATA: a key of the payload, or a JSON pointer into it. SECRET: name of a secret. */
    value: p.text(),
    /** Its place among the owner's, as people put them; it means nothing to a module. */
    position: p.smallint().unsigned().default(0),
  },
  uniques: [{ properties: ['tenantId', 'eventTypeId', 'key'] }, { properties: ['tenantId', 'actionId', 'key'] }],
  checks: [{ name: 'parameters_one_owner', expression: '(`event_type_id` is null) <> (`action_id` is null)' }],
});
export type Parameter = InferEntity<typeof Parameter>;
