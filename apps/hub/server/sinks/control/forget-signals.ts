import { signalExpiresMs } from '@nexomatic/contracts/signal-api';
import { deleteOldSignals, expireSignals } from '@nexomatic/db/ledger/signals';
import type { Sql } from '@nexomatic/db/sql';

/** The longest that an event may run, and an hour. */
const longestMs = 25 * 3_600_000;
const keptDays = 90;
const maxDeleted = 500;

/** Ends signals that nobody was there for, and deletes old ones. One bounded batch; says whether there may be more. */
export async function forgetSignals({ sql }: { sql: Sql }): Promise<boolean> {
  await expireSignals(sql, { unheardMs: signalExpiresMs, longestMs });
  return (await deleteOldSignals(sql, keptDays, maxDeleted)) === maxDeleted;
}
