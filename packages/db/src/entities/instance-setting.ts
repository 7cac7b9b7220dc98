import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { text } from './columns.ts';

/** One fact about the whole installation, for example which filling of Redis is its own. */
export const InstanceSetting = defineEntity({
  name: 'InstanceSetting',
  tableName: 'instance_settings',
  properties: { name: text(64).primary(), value: text(500) },
});
export type InstanceSetting = InferEntity<typeof InstanceSetting>;
