import { type Id, idFromBytes } from '@nexomatic/contracts/id';
import { tenantRetentions } from '@nexomatic/db/ledger/retention';
import { bytesOfSlice, writeMeter } from '@nexomatic/db/ledger/storage-meters';
import type { Services } from '../services.ts';

const least = idFromBytes('event', new Uint8Array(16));
/** Counting reads all that is counted, so it rests for this many times as long as it took, and at least for ten minutes. */
const restFactor = 50;
const leastRestMs = 10 * 60_000;

interface Count {
  tenantId: Id<'tenant'>;
  logs: { after: Id<'event'> | null; bytes: number };
  payloads: { after: Id<'event'> | null; bytes: number };
}

/** Counts what each tenant keeps in the database, a slice a round. True while there is more to count. */
export function createStorageMeter({ sql, clock }: Pick<Services, 'sql' | 'clock'>): () => Promise<boolean> {
  let counts: Count[] = [];
  let began = 0;
  let restUntil = 0;

  return async () => {
    if (counts.length === 0) {
      if (clock.now() < restUntil) return false;
      began = clock.now();
      const tenants = await tenantRetentions(sql);
      counts = tenants.map(({ tenantId }) => ({
        tenantId,
        logs: { after: least, bytes: 0 },
        payloads: { after: least, bytes: 0 },
      }));
    }
    const count = counts[0];
    if (!count) return false;
    for (const what of ['logs', 'payloads'] as const) {
      const { after } = count[what];
      if (after === null) continue;
      const slice = await bytesOfSlice(sql, count.tenantId, what, after);
      count[what] = { after: slice.next, bytes: count[what].bytes + slice.bytes };
    }
    if (count.logs.after !== null || count.payloads.after !== null) return true;
    const now = clock.now();
    await writeMeter(sql, count.tenantId, count.logs.bytes, count.payloads.bytes, new Date(now));
    counts.shift();
    if (counts.length === 0) restUntil = now + Math.max(leastRestMs, (now - began) * restFactor);
    return counts.length > 0;
  };
}
