import type { ProcedureCases } from './procedure-case.ts';

export const archiveCases: ProcedureCases = {
  'archive.status': { input: () => ({}), stranger: 'own' },
  'archive.check': { input: () => ({}), stranger: 'own' },
  'archive.verify': { input: () => ({}), stranger: 'own' },
  'archive.run': { input: () => ({}), stranger: 'own' },
};
