import { listUsersInput, listUsersOutput, userRef } from '@nexomatic/contracts/instance-api';
import * as z from 'zod';
import { disableUser, enableUser, setInstanceAdmin } from '../instance/change-user.ts';
import { listUsers } from '../instance/list-users.ts';
import { instanceProcedure, router } from './procedure.ts';

const change = instanceProcedure.input(userRef).output(z.void());

/** Everybody with an account on the hub, for its administrators. */
export const usersRouter = router({
  list: instanceProcedure
    .input(listUsersInput)
    .output(listUsersOutput)
    .query(({ ctx: { services }, input }) => listUsers(services, input)),

  disable: change.mutation(({ ctx: { services, actor }, input }) => disableUser(services, actor, input.id)),
  enable: change.mutation(({ ctx: { services, actor }, input }) => enableUser(services, actor, input.id)),
  grantAdmin: change.mutation(({ ctx: { services, actor }, input }) =>
    setInstanceAdmin(services, actor, input.id, true),
  ),
  revokeAdmin: change.mutation(({ ctx: { services, actor }, input }) =>
    setInstanceAdmin(services, actor, input.id, false),
  ),
});
