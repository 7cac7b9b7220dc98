import { useState } from 'react';
import type { SinkKey } from '../value/seal-value.ts';
import type { KeyHolder } from './key-holder.ts';

/** The sinks that a new secret is to be sealed to. */
export interface SinkPicks {
  picked: readonly SinkKey[];
  add(holder: KeyHolder): void;
  remove(id: string): void;
  clear(): void;
}

/**
 * Each pick holds the key that it was made with: one that the page gets later is not taken without a new pick, because it was
 * not compared.
 */
export function useSinkPicks(): SinkPicks {
  const [picked, setPicked] = useState<readonly SinkKey[]>([]);
  return {
    picked,
    add: ({ id, name, key }) => {
      if (key) setPicked((before) => [...before.filter((one) => one.id !== id), { id, name, ...key }]);
    },
    remove: (id) => setPicked((before) => before.filter((one) => one.id !== id)),
    clear: () => setPicked([]),
  };
}
