import { expect, test } from 'vitest';
import { findPayload } from './find-payload.ts';

test('a value at a search key leads to the events with the same one, any other value nowhere', () => {
  const find = findPayload('demo', 'order.placed', ['order.id']);
  expect(find('order.id', '4711')).toBe('/t/demo/events?q=type%3Aorder.placed+payload.order.id%3A4711+since%3A30d');
  expect(find('order.id', 'a b')).toContain('payload.order.id%3A%22a+b%22');
  expect(find('order', '4711')).toBeNull();
});
