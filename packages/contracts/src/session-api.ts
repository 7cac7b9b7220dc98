import * as z from 'zod';
import { instant } from './definition-api.ts';
import { displayName } from './display-name.ts';
import { idSchema } from './id.ts';
import { newPasswordSchema, passwordSchema } from './people-api.ts';

/** Somebody's own sessions and account in the API. */

export const sessionRef = z.strictObject({ id: idSchema('session') });

export const sessionSummary = z.object({
  id: idSchema('session'),
  current: z.boolean().describe('whether it is the one that asks'),
  method: z.enum(['link', 'password', 'sso']).describe('how this browser was signed in'),
  userAgent: z.string().nullable(),
  remoteAddress: z.string().nullable(),
  createdAt: instant,
  lastSeenAt: instant,
  expiresAt: instant,
});
export type SessionSummary = z.infer<typeof sessionSummary>;
export const listSessionsOutput = z.object({ sessions: z.array(sessionSummary) });

export const profile = z.object({
  email: z.string(),
  name: z.string(),
  hasPassword: z.boolean(),
  currentPasswordNeeded: z
    .boolean()
    .describe(
      'whether a new password is only set with the current one; not just after a sign-in by link or single sign-on',
    ),
  identities: z
    .array(z.object({ issuer: z.string(), createdAt: instant }))
    .describe('single sign-on accounts linked to this one'),
});
export type Profile = z.infer<typeof profile>;

export const updateProfileInput = z.strictObject({ name: displayName });
export const setPasswordInput = z.strictObject({ current: passwordSchema.optional(), password: newPasswordSchema });
export type SetPassword = z.infer<typeof setPasswordInput>;
