import { changeRoleInput, memberRef } from '@nexomatic/contracts/member-api';
import * as z from 'zod';

/** What the forms of the members page ask for. */
export const memberIntents = z.discriminatedUnion('intent', [
  changeRoleInput.extend({ intent: z.literal('change-role') }),
  memberRef.extend({ intent: z.literal('remove') }),
  memberRef.extend({ intent: z.literal('leave') }),
]);
