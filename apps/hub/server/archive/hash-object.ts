import { createHash } from 'node:crypto';
import type { BlobStore } from '@nexomatic/blob-store/blob-store';

/** SHA-256 of a whole object, read from the store piece by piece. Throws what the store throws. */
export async function hashObject(store: BlobStore, key: string, size: number): Promise<Buffer> {
  const hash = createHash('sha256');
  for await (const piece of store.read(key, { from: 0, length: size })) hash.update(piece);
  return hash.digest();
}
