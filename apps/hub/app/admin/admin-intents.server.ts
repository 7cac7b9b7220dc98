import { renameTenantInput, tenantRef, userRef } from '@nexomatic/contracts/instance-api';
import * as z from 'zod';

/** What the forms of the tenants page ask for. A name that doesn't fit is the hub's to refuse. */
export const tenantIntents = z.discriminatedUnion('intent', [
  renameTenantInput.extend({ intent: z.literal('rename'), name: z.string() }),
  tenantRef.extend({ intent: z.literal('suspend') }),
  tenantRef.extend({ intent: z.literal('resume') }),
  tenantRef.extend({ intent: z.literal('invite'), email: z.string() }),
]);

/** What the forms of the users page ask for. */
export const userIntents = userRef.extend({ intent: z.enum(['disable', 'enable', 'grantAdmin', 'revokeAdmin']) });
