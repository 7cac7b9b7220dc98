import { Readable } from 'node:stream';
import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import { sha256Of } from './format/archive-file.ts';

/** Finds out whether the store takes anything at all, before there is something to lose. Throws what the store throws. */
export async function probeStore(store: BlobStore, name: string): Promise<void> {
  const key = `check/${name}`;
  const bytes = Buffer.from(name);
  await store.putIfAbsent(key, {
    size: bytes.length,
    sha256: sha256Of(bytes),
    open: () => Readable.from([bytes], { objectMode: false }),
  });
  await store.delete(key);
}
