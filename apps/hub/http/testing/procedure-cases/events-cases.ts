import { newId } from '@nexomatic/contracts/id';
import type { ProcedureCases } from './procedure-case.ts';

export const eventsCases: ProcedureCases = {
  'events.fire': { input: ({ eventType: { name } }) => ({ type: name }), stranger: 'not_found' },
  'events.rerun': { input: () => ({ id: newId('event') }), stranger: 'not_found' },
  'events.cancel': { input: () => ({ id: newId('event') }), stranger: 'not_found' },
  'events.list': { input: () => ({}), stranger: 'own' },
  'events.get': { input: () => ({ id: newId('event') }), stranger: 'not_found' },
  'events.logs': { input: () => ({ id: newId('event') }), stranger: 'not_found' },
  'events.changes': { input: () => undefined, stranger: 'own' },
  'events.followLog': { input: () => ({ id: newId('event') }), stranger: 'not_found' },
};
