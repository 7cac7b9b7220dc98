import type { ProcedureCases } from './procedure-case.ts';

export const bulkCases: ProcedureCases = {
  'bulk.preview': { input: () => ({ action: 'cancel', query: '' }), stranger: 'own' },
  'bulk.create': { input: () => ({ action: 'cancel', query: 'state:error' }), stranger: 'own' },
  'bulk.list': { input: () => ({}), stranger: 'own' },
  'bulk.get': { input: ({ bulkJob: { id } }) => ({ id }), stranger: 'not_found' },
  'bulk.abort': { input: ({ bulkJob: { id } }) => ({ id }), stranger: 'not_found' },
};
