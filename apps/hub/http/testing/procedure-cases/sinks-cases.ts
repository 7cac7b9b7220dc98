import type { ProcedureCases } from './procedure-case.ts';

export const sinksCases: ProcedureCases = {
  'sinks.list': { input: () => ({}), stranger: 'own' },
  'sinks.get': { input: ({ sink: { id } }) => ({ id }), stranger: 'not_found' },
  'sinks.create': { input: ({ sinkType: { id } }) => ({ sinkTypeId: id, name: 'NEW' }), stranger: 'not_found' },
  'sinks.transitions': { input: ({ sink: { id } }) => ({ sinkId: id }), stranger: 'not_found' },
  'sinks.update': { input: ({ sink: { id } }) => ({ id, name: 'renamed' }), stranger: 'not_found' },
  'sinks.signal': { input: ({ otherSink: { id } }) => ({ id, kind: 'pause' }), stranger: 'not_found' },
  'sinks.signals': { input: ({ sink: { id } }) => ({ id }), stranger: 'not_found' },
  'sinks.changes': { input: () => undefined, stranger: 'own' },
  'sinks.revoke': { input: ({ otherSink: { id } }) => ({ id }), stranger: 'not_found' },
  'sinks.remove': { input: ({ sink: { id } }) => ({ id }), stranger: 'not_found' },
  'joinTokens.list': { input: () => ({}), stranger: 'own' },
  'joinTokens.get': { input: ({ joinToken: { id } }) => ({ id }), stranger: 'not_found' },
  'joinTokens.create': { input: ({ sinkType: { id } }) => ({ sinkTypeId: id }), stranger: 'not_found' },
  'joinTokens.revoke': { input: ({ joinToken: { id } }) => ({ id }), stranger: 'not_found' },
  'sinkTypes.list': { input: () => ({}), stranger: 'own' },
  'sinkTypes.get': { input: ({ sinkType: { id } }) => ({ id }), stranger: 'not_found' },
  'sinkTypes.create': { input: () => ({ name: 'NEW:PYTHON', runtime: 'PYTHON' }), stranger: 'own' },
  'sinkTypes.update': {
    input: ({ sinkType: { id, name, runtime, version } }) => ({ id, version, name, runtime }),
    stranger: 'not_found',
  },
  'sinkTypes.delete': { input: ({ sinkType: { id } }) => ({ id }), stranger: 'not_found' },
};
