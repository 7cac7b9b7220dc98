import { expect, test } from 'vitest';
import type { Idle, Round } from '../contestant.ts';
import { type Figures, verdictsOf } from './figures.ts';

const round = (seconds: number, cpuMicros: number, sqlStatements: number | null): Round => ({
  seconds,
  processes: { one: { cpuMicros: cpuMicros / 2, peakBytes: 1 }, other: { cpuMicros: cpuMicros / 2, peakBytes: 1 } },
  loadGenerator: { cpuMicros: 1e9, peakBytes: 1 },
  sqlStatements,
});
const idle = (p50: number): Idle => ({ start: { p50, p99: 9 }, answer: null, success: null });
const figures: Figures = {
  platform: [],
  events: 1_000,
  connections: 1,
  slots: 1,
  idleEvents: 1,
  bare: { rounds: [round(1, 1_000, null), round(1, 1_000, null)], idle: idle(1) },
  pipeline: { rounds: [round(2, 2_000, 300), round(2, 3_000, 500)], idle: idle(3) },
};

test('the pipeline is compared with bare BullMQ over all rounds, without the load generator', () => {
  expect(verdictsOf(figures).map(({ found, pass }) => [found, pass])).toEqual([
    ['0.50 × bare', true],
    ['2.50 × bare', true],
    ['0.400', true],
    ['3.00 × bare', true],
  ]);
});

test('a figure beyond its bound is a miss', () => {
  const slow = { ...figures, pipeline: { rounds: [round(3, 2_600, 401)], idle: idle(3.01) } };
  expect(verdictsOf(slow).map(({ pass }) => pass)).toEqual([false, false, false, false]);
});
