import { deleteOldBodies } from '@nexomatic/db/ledger/requests';
import { deleteOldRequestCounts } from '@nexomatic/db/ledger/source-stats';
import { wipeEndedSecrets } from '@nexomatic/db/ledger/sources';
import type { Sql } from '@nexomatic/db/sql';

/** For how long what is kept of bodies can be looked at and sent again. */
const bodyDays = 7;
const countDays = 90;
const maxDeleted = 500;

/**
 * Deletes the bodies of requests that fired nothing, old counts, and the values of secrets that are accepted no longer. One
 * bounded batch; says whether there may be more.
 */
export async function forgetOldRequests({ sql }: { sql: Sql }): Promise<boolean> {
  const bodies = await deleteOldBodies(sql, bodyDays, maxDeleted);
  const counts = await deleteOldRequestCounts(sql, countDays, maxDeleted);
  await wipeEndedSecrets(sql);
  return bodies === maxDeleted || counts === maxDeleted;
}
