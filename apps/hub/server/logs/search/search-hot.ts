import type { Clock } from '@nexomatic/clock';
import type { LogRow } from '@nexomatic/db/log-conditions';
import { findRecords, type LogRange, type LogWalks, timeBehind } from '@nexomatic/db/log-walks';
import type { SqlRunner } from '@nexomatic/db/sql';

/** Rows that are looked at for one answer, at most, and how long it may take; then the answer says how far it came. */
const maxLooked = 200_000;
const maxMs = 250;
const firstLook = 1_000;
/** Rows of one statement: few where each is looked up in another place of the disk than its entry in the index. */
const maxLook = (index: string): number => (index === 'PRIMARY' ? 20_000 : 4_000);

/** Looks at the newest entries of the index first, then at more and more of the older ones. */
export async function searchHot(
  { sql, clock }: { sql: SqlRunner; clock: Clock },
  asked: LogWalks,
  { tenantId, from, before }: LogRange,
  want: number,
): Promise<{ rows: LogRow[]; pausedAt: Date | null }> {
  const whole = asked.few || asked.rest.length === 0;
  const deadline = clock.monotonic() + maxMs;
  const found: LogRow[] = [];
  let place = before;
  let looked = 0;
  for (let look = firstLook; ; look = Math.min(2 * look, maxLook(asked.index))) {
    const range = { tenantId, from, before: place };
    const low = whole ? null : await timeBehind(sql, range, asked, look);
    found.push(...(await findRecords(sql, { ...range, from: low ?? from }, asked, want - found.length)));
    if (found.length === want || low === null) return { rows: found, pausedAt: null };
    looked += look;
    place = { at: low, key: null };
    if (looked >= maxLooked || clock.monotonic() > deadline) return { rows: found, pausedAt: low };
  }
}
