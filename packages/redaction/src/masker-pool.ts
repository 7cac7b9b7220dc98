import { createHmac, randomBytes } from 'node:crypto';
import { createMasker, type Masker, noMasker } from './masker.ts';

/** Gives the masker of these values. */
export type MaskerPool = (values: readonly Uint8Array[]) => Masker;

/**
 * Maskers for work that uses the same secrets again and again: to build one costs about a millisecond for each value, and
 * more for long ones. One is shared while anybody has it and keeps no secret in memory for the pool's own sake: the pool
 * knows it by a keyed hash, and weakly.
 */
export function createMaskerPool(): MaskerPool {
  const key = randomBytes(32);
  const maskers = new Map<string, WeakRef<Masker>>();
  const forget = new FinalizationRegistry((name: string) => {
    if (!maskers.get(name)?.deref()) maskers.delete(name);
  });

  return (values) => {
    if (values.length === 0) return noMasker;
    const hash = createHmac('sha256', key);
    for (const value of values) hash.update(`${value.length}:`).update(value);
    const name = hash.digest('base64');
    const known = maskers.get(name)?.deref();
    if (known) return known;
    const masker = createMasker(values);
    maskers.set(name, new WeakRef(masker));
    forget.register(masker, name);
    return masker;
  };
}
