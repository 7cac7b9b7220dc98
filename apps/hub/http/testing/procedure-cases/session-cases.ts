import type { ProcedureCases } from './procedure-case.ts';

export const sessionCases: ProcedureCases = {
  'session.me': { input: () => undefined, stranger: 'own' },
  'session.locate': { input: ({ action: { id } }) => ({ id }), stranger: 'own' },
  'session.list': { input: () => undefined, stranger: 'own' },
  'session.revoke': { input: ({ session: { id } }) => ({ id }), stranger: 'not_found' },
  'session.revokeOthers': { input: () => ({}), stranger: 'own' },
  'session.signOut': { input: () => ({}), stranger: 'own' },
};
