import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instantNow, name, text } from './columns.ts';

/** A query and columns of the list of events under a name. */
export const SavedView = defineEntity({
  name: 'SavedView',
  tableName: 'saved_views',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('savedView').primary(),
    /** Whose it is; null for one that everybody in the tenant has. */
    userId: id('user').nullable(),
    name: name(),
    query: text(2_000),
    /** JSON array of names of columns. */
    columns: text(4_000),
    /** Prefixed id of who made it. */
    createdById: text(40).nullable(),
    createdByName: text(200),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  indexes: [{ properties: ['tenantId', 'userId', 'name'] }],
});
export type SavedView = InferEntity<typeof SavedView>;
