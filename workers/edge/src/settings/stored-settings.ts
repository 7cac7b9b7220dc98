/** A source's settings as the hub sealed them for this edge. */
export interface SealedSettings {
  version: string;
  /** In base64, as it came. */
  box: string;
  /** When the hub last said that they hold, in milliseconds since the epoch. */
  confirmedAt: number;
}

/** The sealed copies that outlive an isolate. Nothing is stored in clear, so who reads them learns nothing. */
export interface StoredSettings {
  read(sourceKeyHash: string): Promise<SealedSettings | null>;
  /** Null: there is no such source any more. */
  write(sourceKeyHash: string, sealed: SealedSettings | null): Promise<void>;
}
