import { parseEventQuery } from '@nexomatic/contracts/event-query';
import { expect, test } from 'vitest';
import { eventsHref, rangeHref, readRange, widerRange } from './range-address.ts';

test('the range stands in the address, the usual one and anything unknown count as 24 hours', () => {
  expect(
    ['range=1h', 'range=7d', 'range=24h', '', 'range=5y'].map((text) => readRange(new URLSearchParams(text))),
  ).toEqual(['1h', '7d', '24h', '24h', '24h']);
  expect([rangeHref('1h'), rangeHref('24h')]).toEqual(['?range=1h', '.']);
});

test('an empty range can be widened until there is no wider one', () => {
  expect([widerRange('1h'), widerRange('24h'), widerRange('7d')]).toEqual(['24h', '7d', null]);
});

test('links to events carry a query that the list can read', () => {
  const query = 'state:error from:2026-11-24T09:00:00.000Z to:2026-11-24T10:00:00.000Z';
  const href = eventsHref('demo', query);
  const read = parseEventQuery(new URL(href, 'http://hub').searchParams.get('q') ?? '');
  expect(read).toMatchObject({ ok: true, query: { terms: [{ key: 'state' }, { key: 'from' }, { key: 'to' }] } });
});
