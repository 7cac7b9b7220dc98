import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import { id, instant, instantNow, name, text } from './columns.ts';

/** A named template for events: who runs them, what they run, who may fire them, and their limits. */
export const EventType = defineEntity({
  name: 'EventType',
  tableName: 'event_types',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('eventType').primary(),
    name: name(),
    description: text(500).default(''),
    sinkTypeId: id('sinkType'),
    actionId: id('action'),
    /** Kind of source that may fire it; null for any. */
    sourceKind: text(16).$type<SourceKind>().nullable(),
    enabled: p.boolean().default(true),
    disabledAt: instant().nullable(),
    /** JSON Schema (2020-12) as its author wrote it; payloads that don't pass are refused. */
    payloadSchema: p.text().nullable(),
    /** JSON array of paths into the payload (`order.id`) by which events can be searched. */
    searchKeys: text(1_000).default('[]'),
    maxAttempts: p.smallint().default(1),
    /** Wait before the second attempt; it doubles with each further one. */
    backoffSeconds: p.integer().default(10),
    timeoutSeconds: p.integer().default(600),
    /** An event that no sink claims within this time ends as ERROR `expired`. */
    queueTtlSeconds: p.integer().default(604_800),
    /** Whether an attempt whose sink was lost may be run again, though it may have had effects. */
    rerunWhenLost: p.boolean().default(false),
    /** JSON of `RetentionRules`: what is kept for another time than the tenant says. */
    retention: text(300).default('{}'),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  indexes: [{ properties: ['tenantId', 'sinkTypeId'] }, { properties: ['tenantId', 'actionId'] }],
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type EventType = InferEntity<typeof EventType>;
