import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instantNow, name, text } from './columns.ts';

/** A person. Belongs to the instance, and to tenants by memberships. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: id('user').primary(),
    email: text(254).unique(),
    name: name(),
    createdAt: instantNow(),
  },
});
export type User = InferEntity<typeof User>;
