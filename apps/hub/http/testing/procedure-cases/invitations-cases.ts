import type { ProcedureCases } from './procedure-case.ts';

export const invitationsCases: ProcedureCases = {
  'invitations.list': { input: () => ({}), stranger: 'own' },
  'invitations.create': { input: () => ({ email: 'new.person@example.test', role: 'viewer' }), stranger: 'own' },
  'invitations.revoke': { input: ({ invitation: { id } }) => ({ id }), stranger: 'not_found' },
};
