import type { EventSummary } from '@nexomatic/contracts/event-api';
import { expect, test } from 'vitest';
import { holdRows, showAll } from './merge-rows.ts';
import { eventSummary } from './testing/event-summary.ts';

const event = (id: number, state: EventSummary['state'] = 'QUEUED'): EventSummary =>
  eventSummary({ id: `evt_${String(id).padStart(3, '0')}`, state });
const seen = (list: ReturnType<typeof showAll>) =>
  list.rows.map((row) => `${row.event.id.slice(-1)}${row.event.state[0]}${row.gone ? '-' : ''}`).join(' ');

test('a held list takes new states in place and only counts new rows', () => {
  const held = holdRows(
    showAll([event(3), event(2), event(1)]),
    [event(5), event(4), event(3, 'RUNNING'), event(2, 'SUCCESS')],
    false,
  );
  expect(seen(held)).toBe('3R 2S 1Q');
  expect(held.waiting).toBe(2);
});

test('a row that no longer matches the filter stays and is marked, and comes back if it matches again', () => {
  const shown = showAll([event(3), event(2), event(1)]);
  const held = holdRows(shown, [event(3), event(1)], false);
  expect(seen(held)).toBe('3Q 2Q- 1Q');
  expect(seen(holdRows(held, [event(3), event(2, 'ERROR'), event(1)], false))).toBe('3Q 2E 1Q');
});

test('when nothing matches any more every row is marked', () => {
  expect(seen(holdRows(showAll([event(2), event(1)]), [], true))).toBe('2Q- 1Q-');
});

test('a list that was empty counts everything as new', () => {
  expect(holdRows(showAll([]), [event(2), event(1)], true)).toEqual({ rows: [], waiting: 2 });
});

test('unchanged rows stay the same objects, so that only changed ones are drawn again', () => {
  const one = event(1);
  const shown = showAll([event(2), one]);
  expect(holdRows(shown, [event(2, 'RUNNING'), one], true).rows[1]).toBe(shown.rows[1]);
});

test('a short list is known to its end, so a row that left it is told apart from one on the next page', () => {
  const shown = showAll([event(3), event(2), event(1)]);
  expect(seen(holdRows(shown, [event(3), event(2)], true))).toBe('3Q 2Q 1Q-');
  expect(seen(holdRows(shown, [event(3), event(2)], false))).toBe('3Q 2Q 1Q');
});
