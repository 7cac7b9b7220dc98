import * as z from 'zod';
import { instant, named, nextCursor } from './definition-api.ts';
import { idSchema } from './id.ts';
import { emailSchema } from './people-api.ts';
import { roles } from './permission.ts';

/** Invitations in the API: the only way to become a member of a tenant. */

export const createInvitationInput = z.strictObject({
  email: emailSchema,
  role: z.enum(roles).describe('only an owner may invite an owner'),
});
export type CreateInvitation = z.infer<typeof createInvitationInput>;
export const invitationRef = z.strictObject({ id: idSchema('invitation') });

export const invitationSummary = z.object({
  id: idSchema('invitation'),
  email: z.string(),
  role: z.enum(roles),
  state: z.enum(['open', 'expired']),
  invitedBy: named(idSchema('user')).nullable(),
  createdAt: instant,
  expiresAt: instant,
});
export type InvitationSummary = z.infer<typeof invitationSummary>;

export const createdInvitation = invitationSummary.extend({
  url: z.url().describe('the link to hand to the person; shown in this answer and never again'),
});
export type CreatedInvitation = z.infer<typeof createdInvitation>;

export const listInvitationsInput = z.strictObject({
  limit: z.int().min(1).max(200).default(100),
  cursor: z.optional(idSchema('invitation')).describe('`nextCursor` of the page before'),
});
export const listInvitationsOutput = z.object({ invitations: z.array(invitationSummary), nextCursor });
