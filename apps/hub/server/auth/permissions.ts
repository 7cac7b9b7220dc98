import type { Role } from '@nexomatic/db/entities/membership';

/** `attempts.run` is claiming, renewing, logging and recording: what a sink does and nobody else. */
export type Permission = 'events.read' | 'logs.read' | 'events.fire' | 'attempts.run';

/**
 * Who may do what: the only permission table, read by tRPC, REST and pages. A row is a role that a person has in a
 * tenant, or what a token stands for.
 */
const table: Record<Role | 'apiToken' | 'sink', readonly Permission[]> = {
  owner: ['events.read', 'logs.read', 'events.fire'],
  admin: ['events.read', 'logs.read', 'events.fire'],
  editor: ['events.read', 'logs.read', 'events.fire'],
  operator: ['events.read', 'logs.read', 'events.fire'],
  viewer: ['events.read', 'logs.read'],
  apiToken: ['events.read', 'logs.read', 'events.fire'],
  sink: ['attempts.run'],
};

/** Whether that row of the table holds the permission. */
export const may = (actor: Role | 'apiToken' | 'sink', permission: Permission): boolean =>
  table[actor].includes(permission);
