import type { ProcedureCases } from './procedure-case.ts';

export const overviewCases: ProcedureCases = {
  'overview.get': { input: () => ({}), stranger: 'own' },
};
