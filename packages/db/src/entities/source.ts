import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { SourceKind } from '@nexomatic/contracts/definition-api';
import { id, instant, instantNow, name, sha256, text } from './columns.ts';

/** One registered place that events come from, for example a webhook address. */
export const Source = defineEntity({
  name: 'Source',
  tableName: 'sources',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('source').primary(),
    name: name(),
    kind: text(16).$type<SourceKind>(),
    /** SHA-256 of the key in the address. */
    keyHash: sha256().nullable().unique(),
    /** The end of that key, to tell addresses apart by. */
    keyHint: text(8).nullable(),
    /** What it fires; null keeps receipts and fires nothing. */
    eventTypeId: id('eventType').nullable(),
    enabled: p.boolean().default(true),
    /** Take a body that is JSON as JSON even if its content type says nothing or something else. */
    sniffJson: p.boolean().default(true),
    /** JSON of `SourceSettings`; null: as its schema defaults. Text, so that it reads as it was saved. */
    settings: p.text().nullable(),
    description: text(500).default(''),
    version: p.integer().version(),
    createdAt: instantNow(),
    lastReceivedAt: instant().nullable(),
  },
  indexes: [{ properties: ['tenantId', 'eventTypeId'] }],
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type Source = InferEntity<typeof Source>;
