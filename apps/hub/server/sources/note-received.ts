import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { writeLastReceived, writeSecretUsed } from '@nexomatic/db/ledger/sources';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';

/** When a source was heard of, and when a secret was shown, is written at most this often. */
export const receivedWriteMs = 10_000;

export type NoteReceived = (
  source: { tenantId: Id<'tenant'>; id: Id<'source'> },
  secretId?: Id<'sourceSecret'> | null,
) => void;

/** Sources and secrets whose last write is remembered. */
const maxRemembered = 10_000;

/**
 * Notes that a source was heard of, and by which secret. It costs a request one look into a map: the write is not waited for,
 * and when it fails that is no reason to refuse anything.
 */
export function createNoteReceived(deps: { sql: Sql; clock: Clock; logger: Logger }): NoteReceived {
  const { sql, clock, logger } = deps;
  const writes = new Map<string, number>();

  function note(id: string, write: () => Promise<void>): void {
    const now = clock.monotonic();
    const last = writes.get(id);
    if (last !== undefined && last + receivedWriteMs > now) return;
    writes.delete(id);
    writes.set(id, now);
    const [oldest] = writes.keys();
    if (writes.size > maxRemembered && oldest !== undefined) writes.delete(oldest);
    write().catch((error: unknown) => {
      writes.delete(id);
      logger.warn({ err: error, id }, 'source_receipt.unwritten');
    });
  }

  return ({ tenantId, id }, secretId = null) => {
    note(id, () => writeLastReceived(sql, tenantId, id));
    if (secretId) note(secretId, () => writeSecretUsed(sql, tenantId, secretId));
  };
}
