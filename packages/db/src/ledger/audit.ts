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
  if (entries.length === 0) return;
  tx.defer(
    `INSERT INTO audit_entries (tenant_id, id, actor_kind, actor_id, actor_name, action, object_kind, object_id, object_name,
       after, remote_address, request_id)
     VALUES ${repeat(`(?,?,'system',?,?,?,?,?,?,?,?,?)`, entries.length)}`,
    entries.flatMap((entry): SqlValue[] => [
      bytes(tenantId),
      bytes(newId('audit')),
      entry.sinkId,
      `sink ${entry.sinkName}`.slice(0, 200),
      entry.action,
      entry.object.kind,
      entry.object.id,
      entry.object.name.slice(0, 200),
      Buffer.from(JSON.stringify(entry.after)),
      entry.remoteAddress.slice(0, 64),
      entry.requestId.slice(0, 64),
    ]),
  );
}
