import { tenantSettings, updateTenantInput } from '@nexomatic/contracts/tenant-api';
import { readTenantSettings, updateTenantSettings } from '../tenants/tenant-settings.ts';
import { router, tenantProcedure } from './procedure.ts';

const write = tenantProcedure('tenant.write');

/** The tenant's own settings. */
export const tenantRouter = router({
  get: write.output(tenantSettings).query(({ ctx: { services, tenantId } }) => readTenantSettings(services, tenantId)),

  update: write
    .input(updateTenantInput)
    .output(tenantSettings)
    .mutation(({ ctx: { services, tenantId, actor }, input }) =>
      updateTenantSettings(services, tenantId, actor, input),
    ),
});
