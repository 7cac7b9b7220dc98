import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instant, instantNow, text } from './columns.ts';

/** A person as a single sign-on provider knows them: the pair of issuer and subject never changes, an address may. */
export const UserIdentity = defineEntity({
  name: 'UserIdentity',
  tableName: 'user_identities',
  properties: {
    id: id('identity').primary(),
    userId: id('user').index(),
    issuer: text(200),
    subject: text(255),
    createdAt: instantNow(),
    lastUsedAt: instant().nullable(),
  },
  uniques: [{ properties: ['issuer', 'subject'] }],
});
export type UserIdentity = InferEntity<typeof UserIdentity>;
