import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { makeEvents } from './event-mix.ts';
import type { ListTenant } from './list-tenant.ts';

const type = (name: string, upTo: number) => ({ id: newId('eventType'), name, upTo });
const orders = type('order.placed', 0.1);
const tenant: ListTenant = {
  id: newId('tenant'),
  action: newId('action'),
  sinkType: newId('sinkType'),
  types: [orders, type('hello.received', 1)],
  stopped: type('old.import', 0),
  orders: orders.id,
  sources: [newId('source'), newId('source')],
  sinks: [newId('sink')],
  apiToken: '',
};
const range = { from: 8_000, to: 10_000, total: 10_000, endMs: 1_790_000_000_000, spanMs: 1_000_000 };
const [id, state, depth] = [1, 6, 13];

test('the same part of a seed is the same whenever it is made', () => {
  expect(makeEvents(tenant, range)).toEqual(makeEvents(tenant, range));
});

test('ids go up with time, so that the newest event has the highest', () => {
  const ids = makeEvents(tenant, range).events.map((row) => (row[id] as Buffer).toString('hex'));
  expect(ids).toEqual([...ids].sort());
  expect(new Set(ids).size).toBe(2_000);
});

test('the last events wait and run, some follow on others, and orders can be found by their values', () => {
  const { events, searchValues } = makeEvents(tenant, range);
  const states = Map.groupBy(events, (row) => row[state]);
  expect(states.get('QUEUED')).toHaveLength(400);
  expect(states.get('RUNNING')).toHaveLength(40);
  expect(events.some((row) => Number(row[depth]) > 0)).toBe(true);
  expect(searchValues.length).toBeGreaterThan(100);
});
