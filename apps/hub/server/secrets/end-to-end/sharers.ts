import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { findSharers } from '@nexomatic/db/ledger/secret-boxes';
import type { SqlRunner } from '@nexomatic/db/sql';

/** How old an answer may be: every sink asks with each heartbeat, and mostly there is nothing to share. */
const keptMs = 3_000;

/** Which sinks could share a value that another one waits for, by one look at the database for all of them. */
export interface Sharers {
  has(sinkId: Id<'sink'>): Promise<boolean>;
}

export function createSharers({ sql, clock }: { sql: SqlRunner; clock: Clock }): Sharers {
  let look: Promise<Set<Id<'sink'>>> = Promise.resolve(new Set());
  let until = 0;
  return {
    async has(sinkId) {
      const now = clock.monotonic();
      if (until <= now) {
        until = now + keptMs;
        look = findSharers(sql).then((found) => new Set(found));
        look.catch(() => {
          until = 0;
        });
      }
      return (await look).has(sinkId);
    },
  };
}
