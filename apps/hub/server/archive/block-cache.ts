/** Unpacked blocks that are kept, in bytes: readers go through a log page by page, and short logs share a block. */
const maxBytes = 32 * 1024 * 1024;

export interface BlockCache {
  /** What is kept under this name, or what `read` gives; those who ask at the same time wait for one reading. */
  get(name: string, read: () => Promise<Buffer>): Promise<Buffer>;
}

export function createBlockCache(): BlockCache {
  const kept = new Map<string, Buffer>();
  const coming = new Map<string, Promise<Buffer>>();
  let bytes = 0;

  function keep(name: string, block: Buffer): void {
    kept.set(name, block);
    bytes += block.length;
    for (const [oldest, { length }] of kept) {
      if (bytes <= maxBytes) break;
      kept.delete(oldest);
      bytes -= length;
    }
  }

  return {
    async get(name, read) {
      const known = kept.get(name);
      if (known) {
        // The order in which names were set is the order in which they go.
        kept.delete(name);
        kept.set(name, known);
        return known;
      }
      const started = coming.get(name) ?? read();
      coming.set(name, started);
      try {
        const block = await started;
        if (coming.get(name) === started) keep(name, block);
        return block;
      } finally {
        if (coming.get(name) === started) coming.delete(name);
      }
    },
  };
}
