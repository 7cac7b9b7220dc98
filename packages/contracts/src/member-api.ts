import * as z from 'zod';
import { instant, listInput, nextCursor } from './definition-api.ts';
import { idSchema } from './id.ts';
import { roles } from './permission.ts';

/** Who belongs to a tenant, and as what. */

export const memberRef = z.strictObject({ userId: idSchema('user') });
export const changeRoleInput = memberRef.extend({ role: z.enum(roles) });

export const memberSummary = z.object({
  userId: idSchema('user'),
  name: z.string(),
  email: z.string(),
  role: z.enum(roles),
  disabled: z.boolean().describe('an administrator of the hub has closed this account'),
  lastSeenAt: instant.nullable().describe('of the sessions that are still open'),
});
export type MemberSummary = z.infer<typeof memberSummary>;

export const listMembersInput = listInput;
export const listMembersOutput = z.object({ members: z.array(memberSummary), nextCursor });
