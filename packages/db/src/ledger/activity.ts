import { type Id, newId } from '@nexomatic/contracts/id';
import type { SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, repeat } from './rows.ts';

/** What happened to an event and by whom; written in the transaction in which it happened, and never changed. */
export interface Activity {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
  verb:
    | 'recorded'
    | 'retried'
    | 'lost'
    | 'handed_back'
    | 'expired'
    | 'refused'
    | 'stale_result'
    | 'cancelled'
    | 'cancel_requested'
    | 'rerun'
    | 'replayed'
    | 'bypassed';
  /** `hub`, `sink:<name>`, `user:<name>` or `apiToken:<name>`. */
  actor: string;
  detail: string;
}

export function insertActivity(tx: SqlTransaction, entries: Activity[]): void {
  if (entries.length === 0) return;
  tx.defer(
    `INSERT INTO event_activity (tenant_id, event_id, id, at, verb, actor, detail)
     VALUES ${repeat('(?,?,?,NOW(3),?,?,?)', entries.length)}`,
    entries.flatMap((entry): SqlValue[] => [
      bytes(entry.tenantId),
      bytes(entry.eventId),
      bytes(newId('activity')),
      entry.verb,
      entry.actor.slice(0, 100),
      entry.detail.slice(0, 500),
    ]),
  );
}
