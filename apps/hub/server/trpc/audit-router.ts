import { auditEntry, auditRef, listAuditInput, listAuditOutput } from '@nexomatic/contracts/audit-api';
import { getAuditEntry, listAudit, tenantLog } from '../audit/read-audit.ts';
import { router, tenantProcedure } from './procedure.ts';

const tags = ['audit'];
const read = tenantProcedure('audit.read');

/** Who changed what in the tenant. */
export const auditRouter = router({
  list: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/audit',
        operationId: 'listAudit',
        summary: 'List changes, newest first',
        tags,
      },
    })
    .input(listAuditInput)
    .output(listAuditOutput)
    .query(({ ctx: { services, tenantId }, input }) => listAudit(tenantLog(services.db.tenantEm(tenantId)), input)),

  get: read
    .meta({
      openapi: {
        method: 'GET',
        path: '/audit/{id}',
        operationId: 'getAuditEntry',
        summary: 'Read one change, with what was before and after',
        tags,
      },
    })
    .input(auditRef)
    .output(auditEntry)
    .query(({ ctx: { services, tenantId }, input }) =>
      getAuditEntry(tenantLog(services.db.tenantEm(tenantId)), input.id),
    ),
});
