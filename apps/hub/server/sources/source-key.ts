import { hashToken, newSourceKey } from '../auth/tokens.ts';

/** So much of a key is kept in clear: enough to tell addresses apart, and no help in guessing one. */
const hintLength = 4;

/** A new key for a webhook's address, and what is kept of it. */
export function newKey() {
  const text = newSourceKey();
  return { text, columns: keyColumns(text) };
}

/** What is kept of a key. */
export const keyColumns = (key: string) => ({ keyHash: hashToken(key), keyHint: key.slice(-hintLength) });
