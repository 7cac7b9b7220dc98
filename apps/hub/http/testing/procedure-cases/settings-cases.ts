import type { ProcedureCases } from './procedure-case.ts';

/** The tenant's settings, its people and its programs' tokens. */
export const settingsCases: ProcedureCases = {
  'tenant.get': { input: () => undefined, stranger: 'own' },
  'tenant.update': { input: () => ({ version: 1, name: 'Renamed', timeZone: 'UTC' }), stranger: 'own' },
  'tenant.storage': { input: () => undefined, stranger: 'own' },
  'tenant.setRetention': { input: () => ({ version: 1, retention: {} }), stranger: 'own' },
  'tenant.setLogIndex': { input: () => ({ version: 1, logIndex: 'records' }), stranger: 'own' },
  'tenant.setLogLimits': { input: () => ({ version: 1, logLimits: {} }), stranger: 'own' },
  'tenant.keys': { input: () => undefined, stranger: 'own' },
  'tenant.rotateKey': { input: () => undefined, stranger: 'own' },
  'members.list': { input: () => ({}), stranger: 'own' },
  'members.changeRole': { input: ({ member: { id } }) => ({ userId: id, role: 'operator' }), stranger: 'not_found' },
  'members.remove': { input: ({ member: { id } }) => ({ userId: id }), stranger: 'not_found' },
  'members.leave': { input: () => ({}), stranger: 'own' },
  'apiTokens.list': { input: () => ({}), stranger: 'own' },
  'apiTokens.create': { input: () => ({ name: 'new', scopes: null, expiresInDays: 30 }), stranger: 'own' },
  'apiTokens.revoke': { input: ({ token: { id } }) => ({ id }), stranger: 'not_found' },
};
