import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import { openBlobStore } from '@nexomatic/blob-store/open-blob-store';
import type { HubEnv } from '../env.ts';

/** The store that old logs stand in, opened when it is first needed. */
export interface Blobs {
  store(): Promise<BlobStore>;
  close(): Promise<void>;
}

export function createBlobs({ env }: { env: Pick<HubEnv, 'blobStore'> }): Blobs {
  let opened: Promise<BlobStore> | null = null;
  return {
    store() {
      opened ??= openBlobStore(env.blobStore);
      return opened;
    },
    async close() {
      (await opened)?.close();
    },
  };
}
