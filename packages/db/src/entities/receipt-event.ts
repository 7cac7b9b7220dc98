import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id } from './columns.ts';

/**
 * The events of a receipt that fired several: all but the first, which the receipt itself names. A table of its own, because
 * an index of `events.receipt_id` would be paid for by every event and few receipts fire more than one.
 */
export const ReceiptEvent = defineEntity({
  name: 'ReceiptEvent',
  tableName: 'receipt_events',
  primaryKeys: ['tenantId', 'receiptId', 'eventId'],
  properties: {
    tenantId: id('tenant').primary(),
    receiptId: id('receipt').primary(),
    eventId: id('event').primary(),
  },
});
export type ReceiptEvent = InferEntity<typeof ReceiptEvent>;
