import type { ProcedureCases } from './procedure-case.ts';

export const sourcesCases: ProcedureCases = {
  'sources.list': { input: () => ({}), stranger: 'own' },
  'sources.get': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.create': { input: () => ({ name: 'new-source', kind: 'WEBHOOK' }), stranger: 'own' },
  'sources.update': { input: ({ source: { id, name, version } }) => ({ id, version, name }), stranger: 'not_found' },
  'sources.enable': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.disable': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.rotateKey': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.delete': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sourceTypes.list': { input: () => ({}), stranger: 'own' },
};
