import { describe, expect, test } from 'vitest';
import { isFromOwnPages } from './same-origin.ts';

const own = 'https://nx.example.com';

function passes(method: string, headers: Record<string, string>, carriesSession: boolean): boolean {
  return isFromOwnPages(new Request(`${own}/trpc/session.signOut`, { method, headers }), own, carriesSession);
}

const sites = [undefined, 'same-origin', 'same-site', 'cross-site', 'none'];
const origins = [undefined, own, 'https://evil.example', 'null'];

describe.each(['POST', 'PUT', 'PATCH', 'DELETE'])('a %s', (method) => {
  const cases = sites.flatMap((site) =>
    origins.flatMap((origin) => [true, false].map((session) => ({ site, origin, session }))),
  );

  test.each(cases)('with Sec-Fetch-Site $site, Origin $origin, session $session', ({ site, origin, session }) => {
    const headers = { ...(site ? { 'sec-fetch-site': site } : {}), ...(origin ? { origin } : {}) };
    const expected = site ? site === 'same-origin' : origin ? origin === own : !session;
    expect(passes(method, headers, session)).toBe(expected);
  });
});

test.each(['GET', 'HEAD', 'OPTIONS'])('a %s passes wherever it comes from', (method) => {
  expect(passes(method, { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, true)).toBe(true);
});

test('another port or scheme of the same host is another origin', () => {
  expect(passes('POST', { origin: 'https://nx.example.com:8443' }, true)).toBe(false);
  expect(passes('POST', { origin: 'http://nx.example.com' }, true)).toBe(false);
});

test('a forwarded host that a sender makes up changes nothing', () => {
  expect(
    passes('POST', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example', host: 'evil.example' }, true),
  ).toBe(false);
});
