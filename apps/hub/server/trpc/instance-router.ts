import { auditEntry, auditRef, listAuditInput, listAuditOutput } from '@nexomatic/contracts/audit-api';
import { instanceHealth } from '@nexomatic/contracts/instance-api';
import { getAuditEntry, instanceLog, listAudit } from '../audit/read-audit.ts';
import { readHealth } from '../instance/read-health.ts';
import { instanceProcedure, router } from './procedure.ts';

/** The hub as a whole, for its administrators. */
export const instanceRouter = router({
  health: instanceProcedure.output(instanceHealth).query(({ ctx: { services } }) => readHealth(services)),

  // Its log belongs to no tenant.
  audit: instanceProcedure
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx: { services }, input }) => listAudit(instanceLog(services.db.systemEm()), input)),

  auditEntry: instanceProcedure
    .input(auditRef)
    .output(auditEntry)
    .query(({ ctx: { services }, input }) => getAuditEntry(instanceLog(services.db.systemEm()), input.id)),
});
