import type { BlobStore } from '@nexomatic/blob-store/blob-store';
import { type ArchiveBlock, decompress } from './format/archive-file.ts';

/** Reads one block of an object, unpacked. Throws what the store throws, and `ArchiveDamaged` for other bytes than were written. */
export async function readBlock(store: BlobStore, key: string, [from, length]: ArchiveBlock): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of store.read(key, { from, length })) pieces.push(piece);
  return decompress(Buffer.concat(pieces));
}
