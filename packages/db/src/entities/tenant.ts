import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import type { LogIndex } from '@nexomatic/contracts/log-index';
import { id, instant, instantNow, name, text } from './columns.ts';

/** The isolation wall: everything else but users and their sessions belongs to exactly one. */
export const Tenant = defineEntity({
  name: 'Tenant',
  tableName: 'tenants',
  properties: {
    id: id('tenant').primary(),
    /** Part of every page's address. */
    slug: text(63).unique(),
    name: name(),
    /** IANA zone that times are shown in. */
    timeZone: text(64).default('UTC'),
    /** Since when its people, programs and sinks are let in no more; null: they are. */
    suspendedAt: instant().nullable(),
    /** JSON of `RetentionRules`: how long logs and payloads are kept. */
    retention: text(300).default('{}'),
    /** Which lines of logs that are written the search finds. */
    logIndex: text(20).$type<LogIndex>().default('all'),
    /** How much log is kept; JSON of what was said. */
    logLimits: text(100).default('{}'),
    version: p.integer().version(),
    createdAt: instantNow(),
  },
});
export type Tenant = InferEntity<typeof Tenant>;
