import type { ProcedureCases } from './procedure-case.ts';

export const profileCases: ProcedureCases = {
  'profile.get': { input: () => undefined, stranger: 'own' },
  'profile.update': { input: () => ({ name: 'Another Name' }), stranger: 'own' },
  'profile.setPassword': { input: () => ({ password: 'correct horse battery staple' }), stranger: 'own' },
};
