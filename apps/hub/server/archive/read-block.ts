import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import { type ArchiveBlock, decompress } from './format/archive-file.ts';
import type { ReadRange } from './format/read-archive.ts';

/** Reads any bytes of an object. */
export const readRange =
  (store: BlobStore, key: string): ReadRange =>
  async (from, length) => {
    const pieces: Uint8Array[] = [];
    for await (const piece of store.read(key, { from, length })) pieces.push(piece);
    return Buffer.concat(pieces);
  };

/** Reads one block of an object, unpacked. Throws what the store throws, and `ArchiveDamaged` for other bytes than were written. */
export async function readBlock(store: BlobStore, key: string, [from, length]: ArchiveBlock): Promise<Buffer> {
  return decompress(await readRange(store, key)(from, length));
}
