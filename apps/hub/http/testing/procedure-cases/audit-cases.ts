import type { ProcedureCases } from './procedure-case.ts';

export const auditCases: ProcedureCases = {
  'audit.list': { input: () => ({}), stranger: 'own' },
  'audit.get': { input: ({ auditEntry: { id } }) => ({ id }), stranger: 'not_found' },
};
