/** What a member of a tenant is, from most to least. */
export const roles = ['owner', 'admin', 'editor', 'operator', 'viewer'] as const;
export type Role = (typeof roles)[number];

/** Every right there is, with what it lets its holder do. */
export const permissions = {
  'events.read': 'see events, their payloads and results',
  'events.fire': 'fire events',
  'events.bypass': 'fire event types that only another kind of source may fire; recorded on the event',
  'events.manage': 're-run and cancel events, one by one or in bulk',
  'logs.read': 'read logs',
  'definitions.read': 'see event types, actions, sources, sink types and schedules',
  'definitions.write': 'create, change and delete event types, actions, sources, sink types and schedules',
  'schedules.operate': 'pause and resume schedules, skip runs, and fire those of a past window or that were missed',
  'sinks.read': 'see sinks',
  'sinks.write': 'add, rename, control and remove sinks',
  'secrets.read': 'see names of secrets, never their values',
  'secrets.write': 'set and delete secrets',
  'members.read': 'see who belongs to the tenant',
  'members.write': 'invite people, change their roles and remove them',
  'tokens.write': 'see, create and revoke API tokens',
  'audit.read': 'read the audit log',
  'archive.manage': 'see how the archive of logs is doing; archive, check and restore logs',
  'tenant.write': 'change the settings of the tenant',
  'tenant.own': 'make somebody an owner, or take that from them',
  'attempts.run': 'claim, renew, log and record attempts: what a sink does and nobody else',
} as const;
export type Permission = keyof typeof permissions;
export const permissionNames = Object.keys(permissions) as Permission[];

const viewer = ['events.read', 'logs.read', 'definitions.read', 'sinks.read'] as const;
const operator = [
  ...viewer,
  'events.fire',
  'events.manage',
  'schedules.operate',
  'sinks.write',
  'secrets.read',
] as const;
const editor = [...operator, 'events.bypass', 'definitions.write', 'secrets.write', 'members.read'] as const;
const admin = [...editor, 'members.write', 'tokens.write', 'audit.read', 'archive.manage', 'tenant.write'] as const;

/** Whoever can act in a tenant: a member by role, a program by its token, a sink. */
export type Actor = Role | 'apiToken' | 'sink';

/**
 * Who may do what: the only permission table, read by tRPC, REST and pages alike. A token of a program may be limited
 * further by its scopes, and never reaches people, tokens or the settings of the tenant.
 */
export const permissionTable: Record<Actor, readonly Permission[]> = {
  owner: [...admin, 'tenant.own'],
  admin,
  editor,
  operator,
  viewer,
  apiToken: [...editor.filter((permission) => permission !== 'members.read'), 'audit.read', 'archive.manage'],
  sink: ['attempts.run'],
};

/** Whether that row of the table holds the permission. */
export const may = (actor: Actor, permission: Permission): boolean => permissionTable[actor].includes(permission);
