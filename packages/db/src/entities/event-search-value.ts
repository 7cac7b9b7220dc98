import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, text } from './columns.ts';

/** A value by which an event can be found, for event types that declare search keys; others have no rows here. */
export const EventSearchValue = defineEntity({
  name: 'EventSearchValue',
  tableName: 'event_search_values',
  primaryKeys: ['tenantId', 'pathHash', 'eventId'],
  properties: {
    tenantId: id('tenant').primary(),
    /** The first 8 bytes of the SHA-256 of the path: `ledger/search-values.ts`. */
    pathHash: p.blob().columnType('binary(8)').primary(),
    eventId: id('event').primary(),
    /** The first 200 characters of the text, or of a number or truth value as it was written. */
    value: text(200),
    /** Set for numbers, so that they can be compared. */
    number: p.double().nullable(),
  },
  indexes: [{ name: 'event_search_values_by_value', properties: ['tenantId', 'pathHash', 'value', 'eventId'] }],
});
export type EventSearchValue = InferEntity<typeof EventSearchValue>;
