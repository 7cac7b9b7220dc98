import type { ProcedureCases } from './procedure-case.ts';

export const actionsCases: ProcedureCases = {
  'actions.list': { input: () => ({}), stranger: 'own' },
  'actions.get': { input: ({ action: { id } }) => ({ id }), stranger: 'not_found' },
  'actions.check': {
    input: ({ action: { id } }) => ({ id, name: 'new-action', module: 'new.run' }),
    stranger: 'not_found',
  },
  'actions.create': { input: () => ({ name: 'new-action', module: 'new.run' }), stranger: 'own' },
  'actions.update': {
    input: ({ action: { id, name, module, version } }) => ({ id, version, name, module }),
    stranger: 'not_found',
  },
  'actions.delete': { input: ({ action: { id } }) => ({ id }), stranger: 'not_found' },
  'actions.versions': { input: ({ action: { id } }) => ({ id }), stranger: 'not_found' },
  'actions.restore': { input: ({ action: { id, version } }) => ({ id, version, restore: 1 }), stranger: 'not_found' },
};
