import type { ProcedureCases } from './procedure-case.ts';

export const bufferCases: ProcedureCases = {
  'buffer.overview': { input: () => ({}), stranger: 'own' },
  'buffer.deadLetters': { input: ({ source: { id } }) => ({ source: id }), stranger: 'not_found' },
  'buffer.settle': { input: ({ source: { id } }) => ({ source: id, how: 'discard' }), stranger: 'not_found' },
};
