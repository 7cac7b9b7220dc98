import { newId } from '@nexomatic/contracts/id';
import type { SinkTransitionShown } from '@nexomatic/contracts/sink-transition-api';
import { expect, test } from 'vitest';
import { uptimeOf } from './uptime.ts';

const sink = { id: newId('sink'), name: 'web-01' };
const row = (at: number, status: SinkTransitionShown['status'], more: { times?: number; lastAt?: number } = {}) => ({
  ...{ id: newId('sinkTransition'), sink, status, cause: 'connected' as const, times: more.times ?? 1 },
  at: new Date(at).toISOString(),
  lastAt: new Date(more.lastAt ?? at).toISOString(),
});

test('each stretch lasts until the next change, and what began before counts from the beginning', () => {
  const { stretches, up } = uptimeOf([row(175, 'ONLINE'), row(150, 'OFFLINE'), row(20, 'ONLINE')], 100, 200);
  expect(stretches).toEqual([
    { presence: 'up', from: 0, to: 0.5 },
    { presence: 'down', from: 0.5, to: 0.75 },
    { presence: 'up', from: 0.75, to: 1 },
  ]);
  expect(up).toBe(0.75);
});

test('one that came and went is unsteady for that long, and was not there', () => {
  const { stretches, up } = uptimeOf([row(125, 'ONLINE', { times: 4, lastAt: 150 }), row(100, 'PAUSED')], 100, 200);
  expect(stretches.map(({ presence }) => presence)).toEqual(['held', 'unsteady', 'up']);
  expect(up).toBe(0.75);
});

test('nothing is said of a time of which nothing is known', () => {
  expect(uptimeOf([], 100, 200)).toEqual({ stretches: [], up: null });
  expect(uptimeOf([row(150, 'ONLINE')], 100, 200)).toEqual({
    stretches: [{ presence: 'up', from: 0.5, to: 1 }],
    up: 1,
  });
});
