import {
  createdInvitation,
  createInvitationInput,
  invitationRef,
  listInvitationsInput,
  listInvitationsOutput,
} from '@nexomatic/contracts/invitation-api';
import * as z from 'zod';
import { holds } from '../auth/authorize.ts';
import { createInvitation } from '../invitations/create-invitation.ts';
import { listInvitations } from '../invitations/read-invitations.ts';
import { revokeInvitation } from '../invitations/revoke-invitation.ts';
import { router, tenantProcedure } from './procedure.ts';

const read = tenantProcedure('members.read');
const write = tenantProcedure('members.write');

/** Who was asked to join the tenant and has not come yet. Accepting is a page, for nobody is signed in there. */
export const invitationsRouter = router({
  list: read
    .input(listInvitationsInput)
    .output(listInvitationsOutput)
    .query(({ ctx: { services, tenantId }, input }) => listInvitations(services, tenantId, input)),

  create: write
    .input(createInvitationInput)
    .output(createdInvitation)
    .mutation(({ ctx: { services, tenantId, actor, principal }, input }) => {
      const userId = principal.kind === 'user' ? principal.userId : null;
      const mayMakeOwners = holds(principal, 'tenant.own');
      return createInvitation(services, tenantId, { actor, userId, mayMakeOwners }, input);
    }),

  revoke: write
    .input(invitationRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor }, input }) => revokeInvitation(services, tenantId, actor, input.id)),
});
