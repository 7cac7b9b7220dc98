import type { ProcedureCases } from './procedure-case.ts';

export const secretsCases: ProcedureCases = {
  'secrets.list': { input: () => ({}), stranger: 'own' },
  'secrets.get': { input: ({ secret: { id } }) => ({ id }), stranger: 'not_found' },
  'secrets.key': { input: ({ secret: { name } }) => ({ name }), stranger: 'own' },
  'secrets.setValue': { input: ({ secret: { id }, sealed }) => ({ id, value: sealed }), stranger: 'not_found' },
  'secrets.rollBack': { input: ({ secret: { id, version } }) => ({ id, version }), stranger: 'not_found' },
  'secrets.check': {
    input: ({ secret: { id }, sink }) => ({ id, sinkId: sink.id }),
    stranger: 'not_found',
  },
  'secrets.grantSink': {
    input: ({ secret: { id }, sink }) => ({ id, sinkId: sink.id, fingerprint: '' }),
    stranger: 'not_found',
  },
  'secrets.revokeSink': {
    input: ({ secret: { id }, sink }) => ({ id, sinkId: sink.id }),
    stranger: 'not_found',
  },
  'secrets.versions': { input: ({ secret: { id } }) => ({ id }), stranger: 'not_found' },
  'secrets.uses': { input: ({ secret: { id } }) => ({ id }), stranger: 'not_found' },
  'secrets.create': { input: () => ({ name: 'NEW_SECRET' }), stranger: 'own' },
  'secrets.update': { input: ({ secret: { id, version } }) => ({ id, version }), stranger: 'not_found' },
  'secrets.delete': { input: ({ secret: { id } }) => ({ id }), stranger: 'not_found' },
};
