import { describe, expect, it } from 'vitest';
import { CoalesceFullError, coalesce } from './coalesce.ts';

/** A flush that waits until it is let go, and tells what it was given. */
function gatedFlush() {
  const batches: number[][] = [];
  const gates: (() => void)[] = [];
  const flush = async (items: number[]): Promise<number[]> => {
    batches.push(items);
    await new Promise<void>((resolve) => gates.push(resolve));
    return items.map((item) => item * 10);
  };
  const release = async (): Promise<void> => {
    await expect.poll(() => gates.length).toBeGreaterThan(0);
    gates.shift()?.();
  };
  return { batches, flush, release };
}

describe('coalesce', () => {
  it('flushes together what arrives while a flush is under way, and gives each item its own outcome', async () => {
    const { batches, flush, release } = gatedFlush();
    const group = coalesce(flush, { maxBatch: 10 });
    const first = group.add(1);
    await expect.poll(() => batches.length).toBe(1);
    const rest = [group.add(2), group.add(3), group.add(4)];
    await release();
    await release();
    expect(await first).toBe(10);
    expect(await Promise.all(rest)).toEqual([20, 30, 40]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('never puts more than maxBatch items in one flush', async () => {
    const batches: number[][] = [];
    const group = coalesce(
      async (items: number[]) => {
        batches.push(items);
        return items;
      },
      { maxBatch: 2 },
    );
    await Promise.all([1, 2, 3, 4, 5].map((item) => group.add(item)));
    expect(batches).toEqual([[1, 2], [3, 4], [5]]);
  });

  it('rejects every item of a batch that fails, and goes on with the next', async () => {
    let calls = 0;
    const group = coalesce(
      async (items: number[]) => {
        calls += 1;
        if (calls === 1) throw new Error('the border is closed');
        return items;
      },
      { maxBatch: 10 },
    );
    const results = await Promise.allSettled([group.add(1), group.add(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await group.add(3)).toBe(3);
  });

  it('tries the items of a failed batch one by one when the error is of one item only', async () => {
    const group = coalesce(
      async (items: number[]) => {
        if (items.includes(13)) throw new Error('13 is refused');
        return items;
      },
      { maxBatch: 10, isolate: () => true },
    );
    const results = await Promise.allSettled([group.add(1), group.add(13), group.add(2)]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses an item when maxWaiting items already wait', async () => {
    const { flush, release } = gatedFlush();
    const group = coalesce(flush, { maxBatch: 1, maxWaiting: 1 });
    const first = group.add(1);
    await expect.poll(() => group.waiting()).toBe(0);
    const second = group.add(2);
    await expect(group.add(3)).rejects.toThrow(CoalesceFullError);
    await release();
    await release();
    expect(await Promise.all([first, second])).toEqual([10, 20]);
  });

  it('never flushes more weight at once than allowed, but an item that is too heavy by itself alone', async () => {
    const batches: number[][] = [];
    const group = coalesce(
      async (items: number[]) => {
        batches.push(items);
        return items;
      },
      { maxBatch: 3, weight: { of: (item) => item, maxBatch: 10, maxWaiting: 1_000 } },
    );
    await Promise.all([4, 6, 1, 99, 1, 1, 1, 1].map((item) => group.add(item)));
    expect(batches).toEqual([[4, 6], [1], [99], [1, 1, 1], [1]]);
  });

  it('refuses an item that would make what waits too heavy, and takes any where nothing waits', async () => {
    const { flush, release } = gatedFlush();
    const group = coalesce(flush, { maxBatch: 1, weight: { of: (item) => item, maxBatch: 10, maxWaiting: 10 } });
    const first = group.add(50);
    await expect.poll(() => group.waiting()).toBe(0);
    const second = group.add(6);
    await expect(group.add(5)).rejects.toThrow(CoalesceFullError);
    const third = group.add(4);
    for (const _ of [1, 2, 3]) await release();
    expect(await Promise.all([first, second, third])).toEqual([500, 60, 40]);
    const fourth = group.add(50);
    await release();
    expect(await fourth).toBe(500);
  });

  it('is idle only when nothing waits and nothing is under way', async () => {
    const { flush, release } = gatedFlush();
    const group = coalesce(flush, { maxBatch: 1 });
    const items = [group.add(1), group.add(2)];
    let idle = false;
    const done = group.idle().then(() => {
      idle = true;
    });
    await release();
    expect(idle).toBe(false);
    await release();
    await done;
    await Promise.all(items);
    expect(group.waiting()).toBe(0);
  });
});
