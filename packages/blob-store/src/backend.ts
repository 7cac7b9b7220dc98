import type { Readable } from 'node:stream';
import type { BlobError, ByteRange, StoredBlob } from './blob-store.ts';

/** One kind of store: it moves bytes and names its faults. Time limits, checks of keys and of lengths are not its concern. */
export interface Backend {
  place: string;
  put(
    key: string,
    size: number,
    sha256: Uint8Array,
    open: () => Readable,
    signal: AbortSignal,
  ): Promise<'stored' | 'exists'>;
  open(key: string, range: ByteRange, signal: AbortSignal): Promise<Readable>;
  /** Null: there is no such object. */
  size(key: string, signal: AbortSignal): Promise<number | null>;
  page(prefix: string, from: string | null, signal: AbortSignal): Promise<BlobPage>;
  delete(key: string, signal: AbortSignal): Promise<void>;
  /** What an error of this store means; null: it is none of the store's. */
  explain(error: unknown): BlobError | null;
  close(): void;
}

/** Some objects, and where to go on; null: these were the last. */
export interface BlobPage {
  blobs: StoredBlob[];
  next: string | null;
}

/** The fault that an HTTP status of a store stands for. */
export function faultOfStatus(status: number) {
  if (status === 401 || status === 403) return 'denied';
  return status === 404 ? 'missing' : 'unavailable';
}
