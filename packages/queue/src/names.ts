import { createHash } from 'node:crypto';

/**
 * Every Redis name is made here. All keys of a tenant share one hash tag, so that a tenant sits in one slot of a
 * Redis Cluster; a queue's keys are `<prefix>:<queue name>:…`.
 */

/** BullMQ prefix of a tenant's queues, for example `{nx:ten_01jd…}`. */
export const queuePrefix = (tenantId: string): string => `{nx:${tenantId}}`;

/**
 * Queue that every sink of a type takes from. BullMQ refuses ":" in names and type names may hold it
 * (`LINUX:PYTHON`), so it becomes "~", which no type name may hold.
 */
export const typeQueueName = (sinkTypeName: string): string => `type.${sinkTypeName.replaceAll(':', '~')}`;

/** Queue that one sink alone takes from: events pinned to it. */
export const sinkQueueName = (sinkId: string): string => `sink.${sinkId}`;

/** BullMQ prefix of what hubs alone may touch: no sink's user reaches it. */
export const hubPrefix = '{nx:hub}';
export const scheduleTickQueue = 'schedules';

/** Pub/sub channel on which hubs tell each other which of a tenant's events changed. */
export const liveChannel = (tenantId: string): string => `nx:live:${tenantId}`;

/** Pub/sub channel on which hubs tell each other whose credential was taken. */
export const shutOutChannel = 'nx:shut-out';

/** Pub/sub channel on which hubs tell each other which sink is to hear something. */
export const signalChannel = 'nx:signals';

/** Key whose value says which filling of Redis this is; see `epoch.ts`. */
export const epochKey = 'nx:epoch';

/** Short, stable name for a connection in Redis' CLIENT LIST. */
export const connectionName = (role: string): string =>
  `nexomatic-${role}-${createHash('sha256').update(String(process.pid)).digest('hex').slice(0, 6)}`;

/** List of what one process of a sink was given and may not have heard of. */
export const takenKey = (sinkId: string, session: string): string => `nx:taken:${sinkId}:${session}`;

/** What a sink said of itself last; ends when it is silent. */
export const presenceKey = (sinkId: string): string => `nx:presence:${sinkId}`;
export const presenceSinceKey = 'nx:presence-since';

/** A check of a secret at one of its stages, and the list of those that a sink has not heard of. */
export const secretCheckKey = (stage: 'asked' | 'opened' | 'answered', id: string): string => `nx:check:${stage}:${id}`;
export const secretChecksKey = (sinkId: string): string => `nx:checks:${sinkId}`;
