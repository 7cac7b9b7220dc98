import { invitationRef } from '@nexomatic/contracts/invitation-api';
import { changeRoleInput, memberRef } from '@nexomatic/contracts/member-api';
import { roles } from '@nexomatic/contracts/permission';
import * as z from 'zod';

/** What the forms of the members page ask for. */
export const memberIntents = z.discriminatedUnion('intent', [
  changeRoleInput.extend({ intent: z.literal('change-role') }),
  memberRef.extend({ intent: z.literal('remove') }),
  memberRef.extend({ intent: z.literal('leave') }),
  z.object({ intent: z.literal('invite'), email: z.string(), role: z.enum(roles) }),
  invitationRef.extend({ intent: z.literal('revoke-invitation') }),
]);
