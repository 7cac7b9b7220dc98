import type { Readable } from 'node:stream';

/** An object that is there, as a list tells it. */
export interface StoredBlob {
  key: string;
  size: number;
  /** When it was stored, by the store's clock. */
  at: Date;
}

/** An object to store: how long it is and what it hashes to are known before it is sent. */
export interface NewBlob {
  size: number;
  sha256: Uint8Array;
  /** Its bytes from the start; asked again when sending is tried again. */
  open(): Readable;
}

export interface ByteRange {
  from: number;
  length: number;
}

/**
 * Where large objects are kept that are written once and never changed. Keys are parts of lower-case letters, digits and
 * `._-` between slashes. Everything but "not there" fails with a `BlobError`.
 */
export interface BlobStore {
  /** What people call it, for example `folder /var/lib/nexomatic/archive`. */
  readonly place: string;
  /** Stores it whole or not at all; what stands under this key stays as it is. */
  putIfAbsent(key: string, blob: NewBlob): Promise<'stored' | 'exists'>;
  /** Exactly the bytes of the range; fewer are an error. */
  read(key: string, range: ByteRange): AsyncIterable<Uint8Array>;
  /** Null: there is no such object. */
  head(key: string): Promise<{ size: number } | null>;
  /** All whose keys begin with this, in no order that counts. */
  list(prefix: string): AsyncIterable<StoredBlob>;
  /** Also of what is not there. */
  delete(key: string): Promise<void>;
  close(): void;
}

/**
 * - `unavailable`: the store can't be reached, is too slow or has a fault of its own. Later it may work.
 * - `denied`: it refuses the hub. Somebody has to change a permission or a setting.
 * - `missing`: the object, or the whole container, is not there.
 * - `corrupt`: it gave other bytes than were asked for.
 */
export type BlobFault = 'unavailable' | 'denied' | 'missing' | 'corrupt';

/** Why a store did not do what it was asked; the message may be shown to people who run the hub. */
export class BlobError extends Error {
  override name = 'BlobError';
  readonly fault: BlobFault;

  constructor(fault: BlobFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.fault = fault;
  }
}

const keyPattern = /^[a-z0-9_-][a-z0-9._-]*(?:\/[a-z0-9_-][a-z0-9._-]*)*$/;

/** Refuses what can't be a key in every store: no empty part, none that begins with a dot, 900 characters at most. */
export function checkKey(key: string): void {
  if (key.length > 900 || !keyPattern.test(key))
    throw new TypeError(`"${key.slice(0, 100)}" can't be the key of a blob`);
}
