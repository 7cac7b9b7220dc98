import { randomUUID } from 'node:crypto';
import { BlobError, type BlobStore } from '@nexomatic/blob-store/blob-store';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Services } from '../services.ts';
import { reasonOf } from './archive-fault.ts';
import { endArchiveTurn, isOvertaken, takeArchiveTurn, withStore } from './archive-turn.ts';

/** Does work on the archive that somebody waits for, while no hub does any; what the store refuses is told to them. */
export async function asOneHub<T>(
  deps: Pick<Services, 'sql' | 'clock' | 'logger' | 'blobs'>,
  work: (holder: string, store: BlobStore) => Promise<T>,
): Promise<T> {
  const holder = randomUUID();
  if (!(await takeArchiveTurn(deps, holder))) throw busy();
  try {
    return await withStore(deps, { holder, probes: true }, (store) => work(holder, store));
  } catch (error) {
    throw isOvertaken(error) ? busy() : storeRefusal(error);
  } finally {
    await endArchiveTurn(deps, holder);
  }
}

const busy = () =>
  new NexomaticError('conflict', 'A hub is working on the archive at this moment; try again in a minute.');

/** What somebody is told of an error of the store; any other stays as it is. */
export function storeRefusal(error: unknown): unknown {
  if (!(error instanceof BlobError)) return error;
  const detail = `${reasonOf(error.fault)} Logs stay where they are; try again when that is mended.`;
  return new NexomaticError('archive_unavailable', detail, { cause: error });
}
