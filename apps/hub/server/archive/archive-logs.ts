import { randomUUID } from 'node:crypto';
import { BlobError } from '@nexomatic/blob-store/blob-store';
import { tenantRetentions } from '@nexomatic/db/ledger/retention';
import type { Services } from '../services.ts';
import { readArchiveFault } from './archive-fault.ts';
import { archiveRound, beginPass, type TenantPass } from './archive-round.ts';
import { endArchiveTurn, isOvertaken, takeArchiveTurn, withStore } from './archive-turn.ts';
import { isPassDue, noteLastPass } from './last-pass.ts';

type Deps = Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>;

/**
 * Moves old logs to the blob store, a batch at a time, one tenant after the other, and forgets what was kept for long enough.
 * While the store fails, it waits longer from time to time, and logs stay in the database. True when there may be more to do
 * at once.
 */
export function createArchiver(deps: Deps): () => Promise<boolean> {
  const { sql, clock, logger } = deps;
  const holder = randomUUID();
  /** Where the next round looks on; empty: at the first tenant. */
  let rest: TenantPass[] = [];

  async function archiveSome(): Promise<boolean> {
    const begins = rest.length === 0;
    return await withStore(deps, { holder, probes: begins }, async (store) => {
      if (begins) rest = (await tenantRetentions(sql)).map(beginPass);
      const [current] = rest;
      const goOn = () => takeArchiveTurn(deps, holder);
      const round = { sql, store, logger, now: new Date(clock.now()), goOn };
      if (current && (await archiveRound(round, current)).done) rest.shift();
      if (rest.length === 0) await noteLastPass(sql, clock.now());
      return rest.length > 0;
    });
  }

  return async () => {
    const now = clock.now();
    const fault = await readArchiveFault(sql);
    if (fault ? Date.parse(fault.retryAt) > now : rest.length === 0 && !(await isPassDue(sql, now))) return false;
    if (!(await takeArchiveTurn(deps, holder))) return false;
    try {
      return await archiveSome();
    } catch (error) {
      rest = [];
      if (isOvertaken(error) || error instanceof BlobError) return false;
      throw error;
    } finally {
      if (rest.length === 0) await endArchiveTurn(deps, holder);
    }
  };
}
