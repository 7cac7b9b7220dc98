import type { AuditObjectKind } from '@nexomatic/contracts/audit-api';
import { type Id, newId } from '@nexomatic/contracts/id';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { InstanceAuditEntry } from '@nexomatic/db/entities/instance-audit-entry';
import type { EntityManager } from '@nexomatic/db/query';
import type { Actor } from '../auth/actor.ts';

export interface AuditedChange {
  /** `noun.verbed`, for example `event_type.updated`. */
  action: `${string}.${string}`;
  object: { kind: AuditObjectKind; id: string | null; name: string };
  /** The object as the API shows it; null before it was made. Never a secret's value, a token or a password. */
  before: object | null;
  /** The same afterwards; null when it was deleted. */
  after: object | null;
}

/** Adds the audit entry of a change in a tenant to the transaction of that change: flush them together. */
export function recordAudit(em: EntityManager, tenantId: Id<'tenant'>, actor: Actor, change: AuditedChange): void {
  em.persist(em.create(AuditEntry, { tenantId, id: newId('audit'), ...entry(actor, change) }));
}

/** The same for a change of the instance as a whole. */
export function recordInstanceAudit(em: EntityManager, actor: Actor, change: AuditedChange): void {
  em.persist(em.create(InstanceAuditEntry, { id: newId('audit'), ...entry(actor, change) }));
}

function entry(actor: Actor, { action, object, before, after }: AuditedChange) {
  return {
    actorKind: actor.kind,
    actorId: actor.id,
    actorName: actor.name.slice(0, 200),
    action,
    objectKind: object.kind,
    objectId: object.id,
    objectName: object.name.slice(0, 200),
    before: jsonBytes(before),
    after: jsonBytes(after),
    remoteAddress: actor.remoteAddress.slice(0, 64),
    requestId: actor.requestId.slice(0, 64),
  };
}

const jsonBytes = (value: object | null): Buffer | null => (value === null ? null : Buffer.from(JSON.stringify(value)));
