import type { ProcedureCases } from './procedure-case.ts';

export const archiveCases: ProcedureCases = {
  'archive.status': { input: () => ({}), stranger: 'own' },
  'archive.check': { input: () => ({}), stranger: 'own' },
  'archive.verify': { input: () => ({}), stranger: 'own' },
  'archive.restore': { input: ({ event }) => ({ event: event.id }), stranger: 'not_found' },
  'archive.adopt': { input: () => ({}), stranger: 'own' },
  'archive.run': { input: () => ({}), stranger: 'own' },
};
