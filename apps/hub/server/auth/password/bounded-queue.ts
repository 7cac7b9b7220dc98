import { NexomaticError } from '@nexomatic/contracts/error-code';

export type BoundedQueue = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Runs a few pieces of work at once and lets a few more wait; what comes beyond is refused at once, for it would wait so long
 * that its asker has given up.
 */
export function boundedQueue({ atOnce, waiting }: { atOnce: number; waiting: number }): BoundedQueue {
  const queue: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running < atOnce) running += 1;
    else {
      if (queue.length >= waiting) {
        throw new NexomaticError('unavailable', 'Too many people sign in at this moment; try again in a few seconds.');
      }
      // Its turn is handed over by whoever ends, so that nobody can slip in between.
      await new Promise<void>((resolve) => queue.push(resolve));
    }
    try {
      return await work();
    } finally {
      const next = queue.shift();
      if (next) next();
      else running -= 1;
    }
  };
}
