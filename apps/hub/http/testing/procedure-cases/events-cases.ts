import type { ProcedureCases } from './procedure-case.ts';

export const eventsCases: ProcedureCases = {
  'events.fire': { input: ({ eventType: { name } }) => ({ type: name }), stranger: 'not_found' },
  'events.rerun': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.cancel': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.purge': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.list': { input: () => ({}), stranger: 'own' },
  'events.get': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.logs': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.logLines': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.findInLog': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
  'events.changes': { input: () => undefined, stranger: 'own' },
  'events.followLog': { input: ({ event: { id } }) => ({ id }), stranger: 'not_found' },
};
