import { NexomaticError } from '@nexomatic/contracts/error-code';
import { changeRoleInput, listMembersInput, listMembersOutput, memberRef } from '@nexomatic/contracts/member-api';
import * as z from 'zod';
import { actorOf } from '../auth/actor.ts';
import { holds } from '../auth/authorize.ts';
import { changeRole } from '../members/change-role.ts';
import { listMembers } from '../members/list-members.ts';
import { removeMember } from '../members/remove-member.ts';
import { router, signedInProcedure, tenantProcedure } from './procedure.ts';

const write = tenantProcedure('members.write');

/** Who belongs to the tenant. */
export const membersRouter = router({
  list: tenantProcedure('members.read')
    .input(listMembersInput)
    .output(listMembersOutput)
    .query(({ ctx: { services, tenantId }, input }) => listMembers(services, tenantId, input)),

  changeRole: write
    .input(changeRoleInput)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor, principal }, input }) =>
      changeRole(services, tenantId, { actor, mayOwn: holds(principal, 'tenant.own') }, input),
    ),

  remove: write
    .input(memberRef)
    .output(z.void())
    .mutation(({ ctx: { services, tenantId, actor, principal }, input }) =>
      removeMember(services, tenantId, { actor, mayOwn: holds(principal, 'tenant.own') }, input.userId),
    ),

  /** Anybody may go, whatever they may do else. */
  leave: signedInProcedure.output(z.void()).mutation(({ ctx }) => {
    const { principal, services } = ctx;
    if (!principal.member) throw new NexomaticError('not_found', 'You are no member of this tenant.');
    const actor = actorOf(principal, ctx);
    return removeMember(services, principal.member.tenantId, { actor, mayOwn: false }, principal.userId);
  }),
});
