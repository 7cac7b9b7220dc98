import type { ProcedureCases } from './procedure-case.ts';

export const sourcesCases: ProcedureCases = {
  'sources.list': { input: () => ({}), stranger: 'own' },
  'sources.get': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.create': { input: () => ({ name: 'new-source', kind: 'WEBHOOK' }), stranger: 'own' },
  'sources.update': { input: ({ source: { id, name, version } }) => ({ id, version, name }), stranger: 'not_found' },
  'sources.enable': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.disable': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.rotateKey': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sources.tryRoutes': {
    input: ({ source: { id } }) => ({ id, request: { headers: [], body: '{}' } }),
    stranger: 'not_found',
  },
  'sources.delete': { input: ({ source: { id } }) => ({ id }), stranger: 'not_found' },
  'sourceSecrets.list': { input: ({ source: { id } }) => ({ source: id }), stranger: 'not_found' },
  'sourceSecrets.add': { input: ({ source: { id } }) => ({ source: id }), stranger: 'not_found' },
  'sourceSecrets.retire': {
    input: ({ source, sourceSecret: { id } }) => ({ source: source.id, id }),
    stranger: 'not_found',
  },
  'sourceSecrets.revoke': {
    input: ({ source, sourceSecret: { id } }) => ({ source: source.id, id }),
    stranger: 'not_found',
  },
  'sourceTypes.list': { input: () => ({}), stranger: 'own' },
};
