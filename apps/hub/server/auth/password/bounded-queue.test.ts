import { expect, test } from 'vitest';
import { boundedQueue } from './bounded-queue.ts';

/** Pieces of work that end when they are told to. */
function work() {
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const piece = (number: number) => () => {
    started.push(number);
    return new Promise<number>((resolve) => ends.push(() => resolve(number)));
  };
  return { started, ends, piece };
}

const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

test('no more run at once than may, and the others follow in the order in which they came', async () => {
  const queue = boundedQueue({ atOnce: 2, waiting: 10 });
  const { started, ends, piece } = work();
  const all = [1, 2, 3, 4].map((number) => queue(piece(number)));
  await settled();
  expect(started).toEqual([1, 2]);
  ends[1]?.();
  await settled();
  expect(started).toEqual([1, 2, 3]);
  ends[0]?.();
  await settled();
  ends[2]?.();
  ends[3]?.();
  expect(await Promise.all(all)).toEqual([1, 2, 3, 4]);
});

test('what would have to wait too long is refused at once, and does not disturb the others', async () => {
  const queue = boundedQueue({ atOnce: 1, waiting: 1 });
  const { ends, piece } = work();
  const [first, second] = [queue(piece(1)), queue(piece(2))];
  await expect(queue(piece(3))).rejects.toMatchObject({ code: 'unavailable' });
  ends[0]?.();
  await settled();
  ends[1]?.();
  expect(await Promise.all([first, second])).toEqual([1, 2]);
});

test('work that fails gives its place to the next', async () => {
  const queue = boundedQueue({ atOnce: 1, waiting: 5 });
  const failing = queue(() => Promise.reject(new Error('broken')));
  const next = queue(async () => 'done');
  await expect(failing).rejects.toThrow('broken');
  expect(await next).toBe('done');
});
