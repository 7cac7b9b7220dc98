import {
  createdTenant,
  createTenantInput,
  inviteOwnerInput,
  listTenantsInput,
  listTenantsOutput,
  renameTenantInput,
  tenantRef,
} from '@nexomatic/contracts/instance-api';
import { createdInvitation } from '@nexomatic/contracts/invitation-api';
import * as z from 'zod';
import { renameTenant, resumeTenant, suspendTenant } from '../instance/change-tenant.ts';
import { createTenant, inviteOwner } from '../instance/create-tenant.ts';
import { listTenants } from '../instance/list-tenants.ts';
import { instanceProcedure, router } from './procedure.ts';

/** The tenants of the hub, for its administrators. */
export const tenantsRouter = router({
  list: instanceProcedure
    .input(listTenantsInput)
    .output(listTenantsOutput)
    .query(({ ctx: { services }, input }) => listTenants(services, input)),

  create: instanceProcedure
    .input(createTenantInput)
    .output(createdTenant)
    .mutation(({ ctx: { services, actor }, input }) => createTenant(services, actor, input)),

  inviteOwner: instanceProcedure
    .input(inviteOwnerInput)
    .output(createdInvitation)
    .mutation(({ ctx: { services, actor }, input }) => inviteOwner(services, actor, input.id, input.email)),

  rename: instanceProcedure
    .input(renameTenantInput)
    .output(z.void())
    .mutation(({ ctx: { services, actor }, input }) => renameTenant(services, actor, input.id, input.name)),

  suspend: instanceProcedure
    .input(tenantRef)
    .output(z.void())
    .mutation(({ ctx: { services, actor }, input }) => suspendTenant(services, actor, input.id)),

  resume: instanceProcedure
    .input(tenantRef)
    .output(z.void())
    .mutation(({ ctx: { services, actor }, input }) => resumeTenant(services, actor, input.id)),
});
