import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instant, sha256 } from './columns.ts';

/** A one-time sign-in link, `nxl_…`. */
export const LoginLink = defineEntity({
  name: 'LoginLink',
  tableName: 'login_links',
  properties: {
    tokenHash: sha256().primary(),
    userId: id('user').index(),
    expiresAt: instant(),
    usedAt: instant().nullable(),
  },
});
export type LoginLink = InferEntity<typeof LoginLink>;
