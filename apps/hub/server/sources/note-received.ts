import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { writeLastReceived } from '@nexomatic/db/ledger/sources';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';

/** `last_received_at` of a source is written at most this often. */
export const receivedWriteMs = 10_000;

export type NoteReceived = (source: { tenantId: Id<'tenant'>; id: Id<'source'> }) => void;

/**
 * Notes that a source was heard of. It costs a request one look into a map: the write is not waited for, and when it fails
 * that is no reason to refuse anything.
 */
export function createNoteReceived(deps: { sql: Sql; clock: Clock; logger: Logger }): NoteReceived {
  const { sql, clock, logger } = deps;
  const writes = new Map<Id<'source'>, number>();
  return ({ tenantId, id }) => {
    const now = clock.monotonic();
    const last = writes.get(id);
    if (last !== undefined && last + receivedWriteMs > now) return;
    writes.set(id, now);
    writeLastReceived(sql, tenantId, id).catch((error: unknown) => {
      writes.delete(id);
      logger.warn({ err: error, sourceId: id }, 'source_receipt.unwritten');
    });
  };
}
