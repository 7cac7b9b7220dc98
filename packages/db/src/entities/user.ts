import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { id, instant, instantNow, name, text } from './columns.ts';

/** A person. Belongs to the instance, and to tenants by memberships. */
export const User = defineEntity({
  name: 'User',
  tableName: 'users',
  properties: {
    id: id('user').primary(),
    email: text(254).unique(),
    name: name(),
    /** Argon2id in PHC form; null for somebody who signs in by link or single sign-on alone. */
    passwordHash: text(200).nullable(),
    /** Administers the instance: tenants, users, the queue dashboard. */
    instanceAdmin: p.boolean().default(false),
    disabledAt: instant().nullable(),
    createdAt: instantNow(),
  },
});
export type User = InferEntity<typeof User>;
