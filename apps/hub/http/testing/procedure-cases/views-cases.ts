import type { ProcedureCases } from './procedure-case.ts';

const view = { name: 'Errors', query: 'state:error' };

export const viewsCases: ProcedureCases = {
  'views.list': { input: () => ({}), stranger: 'own' },
  'views.create': { input: () => view, stranger: 'own' },
  'views.update': { input: ({ savedView: { id } }) => ({ id, version: 1, ...view }), stranger: 'not_found' },
  'views.delete': { input: ({ savedView: { id } }) => ({ id }), stranger: 'not_found' },
};
