import fc from 'fast-check';
import { expect, test } from 'vitest';
import { envelopeKey } from './edge-envelope.ts';
import { callHeaders, openCall, signCall } from './signed-call.ts';

const key = envelopeKey('k1', '5f'.repeat(32));
const other = envelopeKey('k2', '6a'.repeat(32));
const body = new TextEncoder().encode('{"source":"x"}');
const path = '/internal/edge/settings';
const sentAt = 1_700_000_000_123;
const signed = async () => new Headers(await signCall(key, { path, sentAt }, body));

test('a call is opened by the key that signed it, until five minutes after and before it was sent', async () => {
  const headers = await signed();
  for (const now of [sentAt - 300_000, sentAt, sentAt + 300_000]) {
    expect(await openCall([other, key], { path, now, headers }, body)).toBe(key);
  }
  for (const now of [sentAt - 300_001, sentAt + 300_001]) {
    expect(await openCall([key], { path, now, headers }, body)).toBeNull();
  }
});

test('a call to another path, of another body or by an unknown key is refused', async () => {
  const headers = await signed();
  expect(await openCall([key], { path: '/internal/edge/refusals', now: sentAt, headers }, body)).toBeNull();
  expect(await openCall([key], { path, now: sentAt, headers }, new TextEncoder().encode('{}'))).toBeNull();
  expect(await openCall([other], { path, now: sentAt, headers }, body)).toBeNull();
  expect(await openCall([key], { path, now: sentAt, headers: new Headers() }, body)).toBeNull();
});

test('one changed character of a header is refused', async () => {
  const headers = Object.entries(await signCall(key, { path, sentAt }, body));
  await fc.assert(
    fc.asyncProperty(fc.nat(headers.length - 1), fc.nat(), fc.constantFrom('0', '1', 'z'), async (at, place, char) => {
      const changed = new Headers(
        headers.map(([name, value], i): [string, string] =>
          i === at
            ? [name, value.slice(0, place % value.length) + char + value.slice((place % value.length) + 1)]
            : [name, value],
        ),
      );
      fc.pre(headers.some(([name, value]) => changed.get(name) !== value));
      expect(await openCall([key], { path, now: sentAt, headers: changed }, body)).toBeNull();
    }),
    { numRuns: 300 },
  );
  expect(headers.map(([name]) => name)).toEqual(Object.values(callHeaders));
});
