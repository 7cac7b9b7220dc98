/**
 * Group commit for any border: the first item flushes at once, and what arrives while that flush is under way
 * goes together in the next. An idle path therefore adds no waiting, and a busy one pays for one round trip per
 * flush instead of one per item.
 */
export interface CoalesceOptions<In = never> {
  /** Most items in one flush. */
  maxBatch: number;
  /** Given, a flush and what waits are held to weights as well; an item that is too heavy by itself is flushed alone. */
  weight?: WeightLimits<In>;
  /** Flushes under way at once (default 1: order is kept and batches grow while one is being written). */
  concurrency?: number;
  /** Items that may wait; one more is refused with `CoalesceFullError`, so that a slow border pushes back. */
  maxWaiting?: number;
  /**
   * Whether a failed batch is to be tried again item by item, so that one bad item does not fail its neighbours. Asked
   * with the error; say no where every item would fail the same way (a lost connection).
   */
  isolate?(error: unknown): boolean;
}

export interface WeightLimits<In> {
  of(item: In): number;
  maxBatch: number;
  maxWaiting: number;
}

export class CoalesceFullError extends Error {
  override name = 'CoalesceFullError';
}

interface Waiting<In, Out> {
  item: In;
  weight: number;
  resolve(out: Out): void;
  reject(error: unknown): void;
}

export interface Coalescer<In, Out> {
  /** Adds one item; settles with its own outcome once the flush that carried it is done. */
  add(item: In): Promise<Out>;
  /** Items that have not begun to be flushed. */
  waiting(): number;
  /** Settles when nothing waits and nothing is under way. */
  idle(): Promise<void>;
}

/**
 * `flush` takes the items of one batch and gives one outcome for each, in the same order; if it throws, every item of
 * that batch is rejected with the same error.
 */
export function coalesce<In, Out>(
  flush: (items: In[]) => Promise<Out[]>,
  {
    maxBatch,
    weight,
    concurrency = 1,
    maxWaiting = Number.POSITIVE_INFINITY,
    isolate = () => false,
  }: CoalesceOptions<In>,
): Coalescer<In, Out> {
  let queue: Waiting<In, Out>[] = [];
  let waitingWeight = 0;
  let running = 0;
  let scheduled = false;
  let idleWaiters: (() => void)[] = [];

  function schedule(): void {
    if (scheduled || running >= concurrency || queue.length === 0) return;
    scheduled = true;
    // After the current turn's I/O callbacks, so that requests which arrived together are flushed together.
    setImmediate(() => {
      scheduled = false;
      while (running < concurrency && queue.length > 0) void run();
    });
  }

  async function settle(batch: Waiting<In, Out>[]): Promise<void> {
    const outcomes = await flush(batch.map((waiting) => waiting.item));
    batch.forEach((waiting, i) => {
      waiting.resolve(outcomes[i] as Out);
    });
  }

  async function settleEach(batch: Waiting<In, Out>[]): Promise<void> {
    for (const waiting of batch) {
      try {
        await settle([waiting]);
      } catch (error) {
        waiting.reject(error);
      }
    }
  }

  /** How many of those that wait go together next: at least one. */
  function nextCount(): number {
    if (!weight) return maxBatch;
    let total = 0;
    const past = queue.findIndex((waiting) => {
      total += waiting.weight;
      return total > weight.maxBatch;
    });
    return past === -1 ? maxBatch : Math.min(maxBatch, Math.max(1, past));
  }

  async function run(): Promise<void> {
    const count = nextCount();
    const batch = queue.slice(0, count);
    queue = queue.slice(count);
    for (const waiting of batch) waitingWeight -= waiting.weight;
    running += 1;
    try {
      await settle(batch);
    } catch (error) {
      if (batch.length > 1 && isolate(error)) await settleEach(batch);
      else for (const waiting of batch) waiting.reject(error);
    } finally {
      running -= 1;
      schedule();
      if (running === 0 && queue.length === 0) {
        for (const done of idleWaiters) done();
        idleWaiters = [];
      }
    }
  }

  return {
    add(item) {
      if (queue.length >= maxWaiting) {
        return Promise.reject(new CoalesceFullError(`${queue.length} items are already waiting`));
      }
      const itemWeight = weight?.of(item) ?? 0;
      // One that is too heavy by itself is taken where nothing waits, or it never could be.
      if (weight && queue.length > 0 && waitingWeight + itemWeight > weight.maxWaiting) {
        return Promise.reject(new CoalesceFullError(`what waits weighs ${waitingWeight} already`));
      }
      waitingWeight += itemWeight;
      return new Promise<Out>((resolve, reject) => {
        queue.push({ item, weight: itemWeight, resolve, reject });
        schedule();
      });
    },
    waiting: () => queue.length,
    idle() {
      if (running === 0 && queue.length === 0) return Promise.resolve();
      return new Promise((resolve) => idleWaiters.push(resolve));
    },
  };
}
