import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { writeSecretUse } from '@nexomatic/db/ledger/secrets';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { ReleaseAsk } from './judge-release.ts';

/** When a secret was used last is written at most this often. */
export const useWriteMs = 60_000;
/** Secrets whose last write is remembered. */
const maxRemembered = 10_000;

export type NoteSecretUse = (ask: ReleaseAsk, secrets: { id: Id<'secret'> }[]) => void;

/** Notes that secrets were used, by whom and when. Nothing waits for it; the audit log tells every use. */
export function createNoteSecretUse(deps: { sql: Sql; clock: Clock; logger: Logger }): NoteSecretUse {
  const { sql, clock, logger } = deps;
  const writes = new Map<Id<'secret'>, number>();

  return ({ tenantId, eventId, sink }, secrets) => {
    const now = clock.monotonic();
    for (const { id: secretId } of secrets) {
      const last = writes.get(secretId);
      if (last !== undefined && last + useWriteMs > now) continue;
      writes.delete(secretId);
      writes.set(secretId, now);
      const [oldest] = writes.keys();
      if (writes.size > maxRemembered && oldest !== undefined) writes.delete(oldest);
      writeSecretUse(sql, tenantId, { secretId, eventId, sinkId: sink.sinkId }).catch((error: unknown) => {
        writes.delete(secretId);
        logger.warn({ err: error, secretId }, 'secret_use.unwritten');
      });
    }
  };
}
