import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instantNow, name, text } from './columns.ts';

/** Reusable: the module to run, and the event types that follow. */
export const Action = defineEntity({
  name: 'Action',
  tableName: 'actions',
  primaryKeys: ['tenantId', 'id'],
  properties: {
    tenantId: id('tenant').primary(),
    id: id('action').primary(),
    name: name(),
    description: text(500).default(''),
    /** Python import path, for example `my_module.runner`, or whatever the runtime takes as a module. */
    module: text(300),
    onSuccessId: id('eventType').nullable(),
    onFailureId: id('eventType').nullable(),
    version: p.integer().version(),
    createdAt: instantNow(),
    updatedAt: instantNow().extra('on update current_timestamp(3)'),
  },
  indexes: [{ properties: ['tenantId', 'onSuccessId'] }, { properties: ['tenantId', 'onFailureId'] }],
  uniques: [{ properties: ['tenantId', 'name'] }],
});
export type Action = InferEntity<typeof Action>;
