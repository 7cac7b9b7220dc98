import { BlobError, type BlobStore } from '@nexomatic/blob-store/blob-store';
import { endTurn, takeTurn } from '@nexomatic/db/ledger/turns';
import type { Services } from '../services.ts';
import { clearArchiveFault, noteArchiveFault, readArchiveFault } from './archive-fault.ts';
import { probeStore } from './probe-store.ts';
import { ArchiveSuperseded } from './store-archive.ts';

/** How long other hubs leave the work to the one that does it, after it was last heard of. */
const turnSeconds = 120;

/** One hub at a time moves logs; whoever holds the turn, by its own name. */
export const takeArchiveTurn = ({ sql }: Pick<Services, 'sql'>, holder: string): Promise<boolean> =>
  takeTurn(sql, 'archive.turn', holder, turnSeconds);

export const endArchiveTurn = ({ sql }: Pick<Services, 'sql'>, holder: string): Promise<void> =>
  endTurn(sql, 'archive.turn', holder);

/** Does some work with the store; what fails there is noted for everybody, and what works again is, too. */
export async function withStore<T>(
  { sql, clock, logger, blobs }: Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>,
  { holder, probes }: { holder: string; probes: boolean },
  work: (store: BlobStore) => Promise<T>,
): Promise<T> {
  try {
    const store = await blobs.store();
    if (probes) await probeStore(store, holder);
    const done = await work(store);
    const fault = await readArchiveFault(sql);
    if (fault) {
      await clearArchiveFault(sql);
      logger.info({ since: fault.since }, 'archive.recovered');
    }
    return done;
  } catch (error) {
    if (error instanceof BlobError) {
      const { retryAt, times } = await noteArchiveFault(sql, clock.now(), error);
      logger.error({ error: error.message, fault: error.fault, retryAt, times }, 'archive.failed');
    }
    throw error;
  }
}

/** Whether another hub was faster, or this one too slow: what there is to do is looked up anew. */
export const isOvertaken = (error: unknown): boolean =>
  error instanceof ArchiveSuperseded || (error instanceof Error && 'code' in error && error.code === 'ER_DUP_ENTRY');
