import { newId } from '@nexomatic/contracts/id';
import type { ProcedureCases, World } from './procedure-case.ts';

const user = ({ member: { id } }: World) => ({ id });

/** What administrators of the hub alone may do. */
export const instanceCases: ProcedureCases = {
  'tenants.list': { input: () => ({}), stranger: 'own' },
  'tenants.create': {
    input: () => ({ slug: 'new-tenant', name: 'New', ownerEmail: 'new@example.test' }),
    stranger: 'own',
  },
  'tenants.inviteOwner': {
    input: ({ tenant: { id } }) => ({ id, email: 'new@example.test' }),
    stranger: 'not_found',
  },
  'tenants.rename': { input: ({ tenant: { id } }) => ({ id, name: 'Renamed' }), stranger: 'not_found' },
  'tenants.suspend': { input: ({ tenant: { id } }) => ({ id }), stranger: 'not_found' },
  'tenants.resume': { input: ({ tenant: { id } }) => ({ id }), stranger: 'not_found' },
  'users.list': { input: () => ({}), stranger: 'own' },
  'users.disable': { input: user, stranger: 'not_found' },
  'users.enable': { input: user, stranger: 'not_found' },
  'users.grantAdmin': { input: user, stranger: 'not_found' },
  'users.revokeAdmin': { input: user, stranger: 'not_found' },
  'instance.health': { input: () => undefined, stranger: 'own' },
  'instance.audit': { input: () => ({}), stranger: 'own' },
  'instance.auditEntry': { input: () => ({ id: newId('audit') }), stranger: 'not_found' },
};
