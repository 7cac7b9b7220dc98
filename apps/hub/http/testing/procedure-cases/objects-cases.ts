import type { ProcedureCases } from './procedure-case.ts';

export const objectsCases: ProcedureCases = {
  'objects.find': { input: () => ({ text: 'a' }), stranger: 'own' },
};
