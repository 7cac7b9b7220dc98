import { markSilentSinksOffline } from '@nexomatic/db/ledger/sinks';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';

/** A sink reports every few seconds; after this many without a word it is shown as offline. */
const silentSeconds = 30;

/** Marks sinks OFFLINE that have not been heard of; gives how many. What they ran is a matter of its leases. */
export async function markLostSinks({ sql, logger }: { sql: Sql; logger: Logger }): Promise<number> {
  const lost = await markSilentSinksOffline(sql, silentSeconds);
  if (lost > 0) logger.warn({ sinks: lost }, 'sinks.lost');
  return lost;
}
