import { expect, test } from 'vitest';
import { requestIdOf, traceIdOf } from './request-id.ts';

test("a sane id of the caller's is kept", () => {
  expect(requestIdOf('deploy-42.retry_1')).toBe('deploy-42.retry_1');
});

test.each([undefined, '', 'short', 'a'.repeat(129), 'has space in it', 'line\nbreak1', '<script>alert(1)'])(
  'for %j a new id is made',
  (header) => {
    expect(requestIdOf(header)).toMatch(/^req_[0-9a-f]{24}$/);
  },
);

test('the trace id is read from a traceparent', () => {
  expect(traceIdOf('00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01')).toBe('4bf92f3577b34da6a3ce929d0e0e4736');
});

test.each([undefined, '', 'nonsense', `00-${'0'.repeat(32)}-00f067aa0ba902b7-01`])('%j holds no trace id', (header) => {
  expect(traceIdOf(header)).toBeUndefined();
});
