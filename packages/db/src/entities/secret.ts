import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow, text } from './columns.ts';

/** A key of the Secrets store, which parameters name. */
export const Secret = defineEntity({
  name: 'Secret',
  tableName: 'secrets',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('secret').primary(),
    name: text(255),
    description: text(500).default(''),
    /** Which of its values is in use; 0 while it has none. */
    valueVersion: p.integer().default(0),
    /** The highest number that a value of it ever had: a number means one value for ever. */
    lastValueVersion: p.integer().default(0),
    valueSetAt: instant().nullable(),
    /** Name of whoever set the value in use. */
    valueSetBy: text(200).nullable(),
    /** Bytes of the value in use. */
    size: p.integer().nullable(),
    /** Whether the value in use is too short to be masked in logs. */
    short: p.boolean().default(false),
    /** `YYYY-MM-DD`: a reminder, which ends nothing by itself. */
    expiresAt: p.date().nullable(),
    /** JSON object of texts. */
    labels: p.text().nullable(),
    /** JSON of who may use it; null for everybody in the tenant. */
    grants: p.text().nullable(),
    /** Whether it is sealed to sinks alone, so that the hub can not open it. */
    endToEnd: p.boolean().default(false),
    lastUsedAt: instant().nullable(),
    lastUsedEventId: id('event').nullable(),
    lastUsedSinkId: id('sink').nullable(),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type Secret = InferEntity<typeof Secret>;
