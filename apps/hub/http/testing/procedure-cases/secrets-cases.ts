import type { ProcedureCases } from './procedure-case.ts';

export const secretsCases: ProcedureCases = {
  'secrets.list': { input: () => ({}), stranger: 'own' },
  'secrets.get': { input: ({ secret: { id } }) => ({ id }), stranger: 'not_found' },
  'secrets.create': { input: () => ({ name: 'NEW_SECRET' }), stranger: 'own' },
  'secrets.update': { input: ({ secret: { id, version } }) => ({ id, version }), stranger: 'not_found' },
  'secrets.delete': { input: ({ secret: { id } }) => ({ id }), stranger: 'not_found' },
};
