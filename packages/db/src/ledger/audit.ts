import { type Id, newId } from '@nexomatic/contracts/id';
import type { SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, repeat } from './rows.ts';

/** An entry of the audit log about what a sink did. */
export interface SinkAudit {
  sinkId: Id<'sink'>;
  sinkName: string;
  action: `${string}.${string}`;
  object: { kind: string; id: string; name: string };
  /** What is to be told of it. Never a secret's value. */
  after: object;
  remoteAddress: string;
  requestId: string;
}

/** Writes entries in the transaction of what they tell of; many at a time, because the event path makes them. */
export function insertSinkAudit(tx: SqlTransaction, tenantId: Id<'tenant'>, entries: SinkAudit[]): void {
  insertAudit(
    tx,
    tenantId,
    entries.map(({ sinkId, sinkName, action, object, after, remoteAddress, requestId }) => ({
      actor: { kind: 'system', id: sinkId, name: `sink ${sinkName}`, remoteAddress, requestId },
      ...{ action, object, before: null, after },
    })),
  );
}

/** An entry of the audit log about what anybody did. */
export interface AuditRow {
  actor: {
    kind: 'user' | 'apiToken' | 'system';
    id: string | null;
    name: string;
    remoteAddress: string;
    requestId: string;
  };
  action: `${string}.${string}`;
  object: { kind: string; id: string; name: string };
  before: object | null;
  after: object | null;
}

/** The same for whoever did it. */
export function insertAudit(tx: SqlTransaction, tenantId: Id<'tenant'>, entries: AuditRow[]): void {
  if (entries.length === 0) return;
  tx.defer(
    `INSERT INTO audit_entries (tenant_id, id, actor_kind, actor_id, actor_name, action, object_kind, object_id, object_name,
       \`before\`, after, remote_address, request_id)
     VALUES ${repeat('(?,?,?,?,?,?,?,?,?,?,?,?,?)', entries.length)}`,
    entries.flatMap(({ actor, object, ...entry }): SqlValue[] => [
      bytes(tenantId),
      bytes(newId('audit')),
      actor.kind,
      actor.id,
      actor.name.slice(0, 200),
      entry.action,
      object.kind,
      object.id,
      object.name.slice(0, 200),
      jsonBytes(entry.before),
      jsonBytes(entry.after),
      actor.remoteAddress.slice(0, 64),
      actor.requestId.slice(0, 64),
    ]),
  );
}

const jsonBytes = (value: object | null): Buffer | null => (value === null ? null : Buffer.from(JSON.stringify(value)));
