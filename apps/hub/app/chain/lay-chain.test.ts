import type { EventSummary } from '@nexomatic/contracts/event-api';
import { expect, test } from 'vitest';
import { chainAxis, chainBar, layChain } from './lay-chain.ts';

const at = (second: number): string => new Date(1_790_000_000_000 + second * 1000).toISOString();
const now = 1_790_000_000_000 + 10_000;

const event = (id: string, parent: string | null, more: Partial<EventSummary> = {}): EventSummary => ({
  id: `evt_${id}`,
  type: id,
  state: 'SUCCESS',
  reason: null,
  message: null,
  attempt: 1,
  source: null,
  sink: 'demo',
  parentId: parent === null ? null : `evt_${parent}`,
  edge: parent === null ? null : 'success',
  rootId: 'evt_a',
  depth: 0,
  rerunOf: null,
  createdAt: at(0),
  availableAt: at(0),
  startedAt: at(2),
  finishedAt: at(4),
  ...more,
});

test('each event is followed by what it fired', () => {
  const rows = layChain([event('a', null), event('b', 'a'), event('c', 'a'), event('d', 'b')]);
  expect(rows.map((row) => `${row.depth}${row.event.type}`)).toEqual(['0a', '1b', '2d', '1c']);
});

test('an event whose parent is not in the list is still shown', () => {
  expect(layChain([event('x', 'gone'), event('y', 'x')]).map((row) => `${row.depth}${row.event.type}`)).toEqual([
    '0x',
    '1y',
  ]);
});

test('a bar has its waiting part, then its running part, on the axis of the whole chain', () => {
  const chain = [event('a', null), event('b', 'a', { createdAt: at(4), startedAt: at(5), finishedAt: at(8) })];
  const axis = chainAxis(chain, now);
  expect(chain.map((one) => chainBar(one, axis, now))).toEqual([
    { waitFrom: 0, waitWidth: 25, runFrom: 25, runWidth: 25 },
    { waitFrom: 50, waitWidth: 12.5, runFrom: 62.5, runWidth: 37.5 },
  ]);
});

test('what is open reaches to now', () => {
  const running = event('a', null, { state: 'RUNNING', finishedAt: null });
  const waiting = event('b', 'a', { state: 'QUEUED', createdAt: at(5), startedAt: null, finishedAt: null });
  const axis = chainAxis([running, waiting], now);
  expect(chainBar(running, axis, now)).toEqual({ waitFrom: 0, waitWidth: 20, runFrom: 20, runWidth: 80 });
  expect(chainBar(waiting, axis, now)).toMatchObject({ waitFrom: 50, waitWidth: 50, runWidth: 0 });
});

test('a part that took no measurable time can still be seen, inside the axis', () => {
  const quick = event('a', null, { createdAt: at(9), startedAt: at(10), finishedAt: at(10) });
  const axis = chainAxis([event('r', null), quick], now);
  const bar = chainBar(quick, axis, now);
  expect(bar.runWidth).toBeGreaterThan(0);
  expect(bar.runFrom + bar.runWidth).toBeLessThanOrEqual(100);
});
