import { fakeClock } from '@nexomatic/clock';
import { expect, test } from 'vitest';
import { createTokenBuckets } from './token-buckets.ts';

const rate = { perSecond: 2, burst: 5 };

function taken(take: () => { ok: boolean }, times: number): number {
  return Array.from({ length: times }, take).filter(({ ok }) => ok).length;
}

test('a source may send its burst at once, and so many a second after it', () => {
  const clock = fakeClock();
  const { take } = createTokenBuckets(clock.monotonic);
  expect(taken(() => take('a', rate), 20)).toBe(5);
  clock.advance(1_000);
  expect(taken(() => take('a', rate), 20)).toBe(2);
  clock.advance(3_600_000);
  expect(taken(() => take('a', rate), 20)).toBe(5);
});

test('one source that is refused leaves others alone', () => {
  const { take } = createTokenBuckets(() => 0);
  expect(taken(() => take('a', rate), 20)).toBe(5);
  expect(take('b', rate)).toEqual({ ok: true });
});

test('a refusal names the seconds after which there is a token again, one at least', () => {
  const { take } = createTokenBuckets(() => 0);
  take('slow', { perSecond: 1, burst: 1 });
  expect(take('slow', { perSecond: 1, burst: 1 })).toEqual({ ok: false, retryAfterSeconds: 1 });
  taken(() => take('fast', { perSecond: 1_000, burst: 1 }), 2);
  expect(take('fast', { perSecond: 1_000, burst: 1 })).toEqual({ ok: false, retryAfterSeconds: 1 });
});

test('a wider limit counts from the next request on', () => {
  const clock = fakeClock();
  const { take } = createTokenBuckets(clock.monotonic);
  expect(taken(() => take('a', rate), 20)).toBe(5);
  clock.advance(1_000);
  expect(taken(() => take('a', { perSecond: 100, burst: 200 }), 300)).toBe(100);
});

test('ten thousand sources are remembered, and a flood of others makes no more of them', () => {
  const { take } = createTokenBuckets(() => 0);
  taken(() => take('first', rate), 5);
  for (let n = 0; n < 10_000; n++) take(`guess ${n}`, rate);
  expect(take('first', rate)).toEqual({ ok: true });
});
