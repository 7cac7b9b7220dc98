import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { body, id, instant, instantNow, sha256, text } from './columns.ts';

/** One inbound request as it arrived. */
export const Receipt = defineEntity({
  name: 'Receipt',
  tableName: 'receipts',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('receipt').primary(),
    /** Never null where `dedupeKey` is set: a unique index takes any number of nulls. */
    sourceId: id('source').nullable(),
    outcome: text(12).$type<'accepted' | 'filtered' | 'refused'>(),
    /** HTTP status that the sender was answered; null where nobody waited for one. */
    status: p.smallint().unsigned().nullable(),
    /** Why it was refused or filtered, in one word and in a sentence. */
    cause: text(40).nullable(),
    detail: text(300).nullable(),
    /** Which secret of the source matched. */
    secretId: id('sourceSecret').nullable(),
    dedupeKey: sha256().nullable(),
    bodySha256: sha256(),
    bodyBytes: p.integer(),
    contentType: text(200),
    remoteAddress: text(64),
    /** JSON array of name–value pairs. */
    headers: body(),
    /** The first event that it fired; others stand in `receipt_events`. */
    eventId: id('event').nullable(),
    /** The kept request that was sent once more. */
    replayOf: id('receipt').nullable(),
    /** How often the same request, or one with the same dedupe key, came again. */
    duplicates: p.integer().unsigned().default(0),
    /** By the clock of whoever received it first. */
    receivedAt: instant(),
    createdAt: instantNow(),
  },
  indexes: [{ name: 'receipts_by_source', properties: ['tenantId', 'sourceId', 'id'] }],
  uniques: [{ properties: ['tenantId', 'sourceId', 'dedupeKey'] }],
});
export type Receipt = InferEntity<typeof Receipt>;
