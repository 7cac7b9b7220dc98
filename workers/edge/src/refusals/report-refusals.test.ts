import { fakeClock } from '@nexomatic/clock';
import type { Refusal } from '@nexomatic/contracts/edge-protocol';
import { expect, test } from 'vitest';
import { createReportRefusals } from './report-refusals.ts';

const refusal = (ingestId: string, body: string | null = null): Refusal => ({
  ingestId,
  receivedAt: 0,
  sourceKeyHash: 'a'.repeat(64),
  status: 401,
  code: 'signature_invalid',
  cause: 'signature_mismatch',
  detail: 'no signature matches',
  contentType: '',
  remoteAddress: '',
  headers: [],
  body,
  bodyBytes: 0,
});

/** A hub that answers when it is told to. */
function open() {
  const clock = fakeClock();
  const calls: { refusals: Refusal[]; answer: PromiseWithResolvers<void> }[] = [];
  const behind: Promise<unknown>[] = [];
  const report = createReportRefusals({
    clock,
    background: (work) => behind.push(work),
    send(refusals) {
      const answer = Promise.withResolvers<void>();
      calls.push({ refusals: [...refusals], answer });
      return answer.promise;
    },
  });
  return { clock, calls, report, settled: () => Promise.all(behind) };
}

test('what is refused while one call is under way goes with the next, fifty at most', async () => {
  const { calls, report, settled } = open();
  for (let n = 0; n < 61; n++) report(refusal(`${n}`));
  expect(calls).toHaveLength(1);
  calls[0]?.answer.resolve();
  await expect.poll(() => calls.length).toBe(2);
  calls[1]?.answer.resolve();
  await expect.poll(() => calls.length).toBe(3);
  calls[2]?.answer.resolve();
  await settled();
  expect(calls.map(({ refusals }) => refusals.length)).toEqual([1, 50, 10]);
  expect(calls.flatMap(({ refusals }) => refusals.map(({ ingestId }) => ingestId))).toEqual(
    Array.from({ length: 61 }, (_, n) => `${n}`),
  );
});

test('what the hub could not be told is told with the next refusal', async () => {
  const { calls, report, settled } = open();
  report(refusal('first'));
  calls[0]?.answer.reject(new Error('connection refused'));
  await settled();
  report(refusal('second'));
  expect(calls[1]?.refusals.map(({ ingestId }) => ingestId)).toEqual(['first', 'second']);
});

test('a call that was cut off with its request holds others up for ten seconds', () => {
  const { clock, calls, report } = open();
  report(refusal('first'));
  report(refusal('second'));
  expect(calls).toHaveLength(1);
  clock.advance(10_000);
  report(refusal('third'));
  expect(calls).toHaveLength(2);
});

test('a flood leaves no more than two hundred waiting, and no more than 4 MiB of bodies', async () => {
  const { calls, report, settled } = open();
  for (let n = 0; n < 1_000; n++) report(refusal(`${n}`, 'x'.repeat(87_382)));
  for (let n = 0; n < 5; n++) {
    await expect.poll(() => calls.length).toBe(n + 1);
    calls[n]?.answer.resolve();
  }
  await settled();
  const told = calls.flatMap(({ refusals }) => refusals);
  expect(told).toHaveLength(200);
  const kept = told.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
  expect(kept).toBeGreaterThan(4 * 1_024 * 1_024);
  expect(kept).toBeLessThan(4 * 1_024 * 1_024 + 2 * 87_382);
});
