import { body, instantNow, text } from './columns.ts';

/** What an audit entry tells, whoever it belongs to. */
export const auditColumns = {
  at: instantNow(),
  actorKind: text(12).$type<'user' | 'apiToken' | 'system'>(),
  /** Prefixed id; null for the installation itself. */
  actorId: text(40).nullable(),
  actorName: text(200),
  /** `noun.verbed`, for example `event_type.updated`. */
  action: text(64),
  objectKind: text(24),
  /** Prefixed id. */
  objectId: text(40).nullable(),
  objectName: text(200),
  /** JSON of the object before; null when there was none. Secrets and tokens never stand in it. */
  before: body().nullable(),
  /** JSON of the object after; null when there is none any more. */
  after: body().nullable(),
  remoteAddress: text(64),
  requestId: text(64),
} as const;
