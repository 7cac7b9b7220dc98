import { defineEntity, type InferEntity } from '@mikro-orm/core';
import { id, instant, instantNow, sha256, text } from './columns.ts';

/** A signed-in browser. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'sessions',
  properties: {
    id: id('session').primary(),
    tokenHash: sha256().unique(),
    userId: id('user').index(),
    createdAt: instantNow(),
    lastSeenAt: instant(),
    expiresAt: instant(),
    userAgent: text(300).nullable(),
    remoteAddress: text(64).nullable(),
    /** How this browser was signed in. */
    method: text(12).$type<'link' | 'password' | 'sso'>().default('link'),
  },
});
export type Session = InferEntity<typeof Session>;
