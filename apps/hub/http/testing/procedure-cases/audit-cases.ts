import { newId } from '@nexomatic/contracts/id';
import type { ProcedureCases } from './procedure-case.ts';

export const auditCases: ProcedureCases = {
  'audit.list': { input: () => ({}), stranger: 'own' },
  'audit.get': { input: () => ({ id: newId('audit') }), stranger: 'not_found' },
};
