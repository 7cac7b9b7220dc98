import {
  listTenantKeysOutput,
  setLogLimitsInput,
  tenantKeyFacts,
  tenantSettings,
  tenantStorage,
  updateLogIndexInput,
  updateRetentionInput,
  updateTenantInput,
} from '@nexomatic/contracts/tenant-api';
import { readStorage } from '../archive/storage.ts';
import { updateLogIndex } from '../archive/update-log-index.ts';
import { updateRetention } from '../archive/update-retention.ts';
import { listTenantKeys, rotateTenantKey } from '../keyring/rotate-tenant-key.ts';
import { setLogLimits } from '../logs/limits/set-log-limits.ts';
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

  /** What it keeps, where, and for how long. */
  storage: write.output(tenantStorage).query(({ ctx: { services, tenantId } }) => readStorage(services, tenantId)),

  /** Sets for how long logs and payloads are kept; event types may say otherwise. */
  setRetention: write
    .input(updateRetentionInput)
    .output(tenantStorage)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateRetention(services, tenantId, actor, input)),

  /** Sets which lines the search finds. */
  setLogIndex: write
    .input(updateLogIndexInput)
    .output(tenantStorage)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => updateLogIndex(services, tenantId, actor, input)),

  /** Sets how much log is kept of what attempts write. */
  setLogLimits: write
    .input(setLogLimitsInput)
    .output(tenantStorage)
    .mutation(({ ctx: { services, tenantId, actor }, input }) => setLogLimits(services, tenantId, actor, input)),

  /** The keys that values of secrets are sealed to: facts alone, never a private half. */
  keys: write
    .output(listTenantKeysOutput)
    .query(({ ctx: { services, tenantId } }) => listTenantKeys(services, tenantId)),

  /** Lets a new key seal from now on; what is sealed to the ones before is sealed anew in the background. */
  rotateKey: write
    .output(tenantKeyFacts)
    .mutation(({ ctx: { services, tenantId, actor } }) => rotateTenantKey(services, tenantId, actor)),
});
