import type { ProcedureCases } from './procedure-case.ts';

export const logsCases: ProcedureCases = {
  'logs.search': { input: () => ({ q: '"for members alone"' }), stranger: 'own' },
  'logs.histogram': {
    input: () => ({ since: '2020-01-01T00:00:00.000Z', until: '2100-01-01T00:00:00.000Z' }),
    stranger: 'own',
  },
  'logs.indexed': { input: () => ({}), stranger: 'own' },
  'logs.around': { input: ({ event: { id } }) => ({ event: id, attempt: 1, seq: 1, line: 0 }), stranger: 'not_found' },
};
