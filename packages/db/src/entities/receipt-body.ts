import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { body, id, instantNow } from './columns.ts';

/**
 * Up to 64 KiB of the body of a request that fired nothing, for some days; the body of one that did is the payload of its
 * events. A table of its own, so that finding the old ones costs the event path no index.
 */
export const ReceiptBody = defineEntity({
  name: 'ReceiptBody',
  tableName: 'receipt_bodies',
  primaryKeys: ['tenantId', 'receiptId'],
  properties: {
    tenantId: id('tenant').primary(),
    receiptId: id('receipt').primary(),
    body: body(),
    createdAt: instantNow(),
  },
  indexes: [{ name: 'receipt_bodies_by_age', properties: ['createdAt'] }],
});
export type ReceiptBody = InferEntity<typeof ReceiptBody>;
