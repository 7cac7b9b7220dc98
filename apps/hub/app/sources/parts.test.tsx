import type { RequestDetail, SourceSecretSummary } from '@nexomatic/contracts/request-api';
import { verificationSchema, verificationSchemes } from '@nexomatic/contracts/verification';
import { describe, expect, test } from 'vitest';
import { renderPage } from '../components/testing/render-page.tsx';
import { letterWords } from './held/letter-words.ts';
import { RequestDetailPane } from './requests/request-detail.tsx';
import { generalGuides } from './set-up/general-guides.tsx';
import type { GuideFacts } from './set-up/guide.ts';
import { providerGuides } from './set-up/provider-guides.tsx';
import { SchemeBadge } from './verify/scheme-badge.tsx';
import { offeredSchemes } from './verify/scheme-words.ts';
import { SecretList } from './verify/secret-list.tsx';

const at = '2026-11-25T12:00:00.000Z';

test('every scheme is offered once, and each has steps for some sender', () => {
  expect([...offeredSchemes].sort()).toEqual([...verificationSchemes].sort());
  const guides = [...providerGuides, ...generalGuides];
  for (const scheme of verificationSchemes)
    expect(
      guides.some(({ schemes }) => schemes.includes(scheme)),
      scheme,
    ).toBe(true);
});

describe('the steps of a sender', () => {
  const facts = (verification: unknown): GuideFacts => ({
    address: 'https://hooks.example.com/h/KEY',
    verification: verificationSchema.parse(verification),
    content: { raw: false, decompress: false, signedAs: 'wire' },
    handshakes: { eventGrid: false, cloudEvents: false },
  });
  const guide = (key: string) => [...providerGuides, ...generalGuides].find((one) => one.key === key);

  test('hold the address of the source in everything that can be copied', () => {
    for (const { key, programs, schemes } of [...providerGuides, ...generalGuides]) {
      const [scheme] = schemes;
      for (const { code } of programs?.(facts(scheme === 'hmac' ? { scheme, header: 'x' } : { scheme })) ?? [])
        expect(code, key).toContain('https://hooks.example.com/h/KEY');
    }
  });

  test('say what the source still lacks for it', () => {
    const token = facts({ scheme: 'token' });
    expect(guide('event-grid')?.lacks?.(token)?.words).toContain('handshake');
    expect(guide('event-grid')?.lacks?.({ ...token, handshakes: { eventGrid: true, cloudEvents: false } })).toBeNull();
    expect(guide('twilio')?.lacks?.(facts({ scheme: 'twilio' }))?.words).toContain('415');
  });

  test('send the token as this source wants it', () => {
    const [cli] = guide('event-grid')?.programs?.(facts({ scheme: 'token', header: 'x-key', prefix: '' })) ?? [];
    expect(cli?.code).toContain('--delivery-attribute-mapping x-key static "$SECRET" true');
  });
});

test('a source that takes every request is marked as such, by sign and word', () => {
  const html = renderPage(() => <SchemeBadge scheme="none" />);
  expect(html).toContain('no authentication');
  expect(html).toContain('data-tone="warning"');
  expect(html).toContain('<svg');
});

const secret: SourceSecretSummary = {
  id: 'ssk_01m8a2ggj9eqwvt6fm81aaprst',
  hint: 'ab12',
  createdAt: at,
  retiresAt: null,
  lastUsedAt: null,
};

describe('the secrets of a source', () => {
  const list = (secrets: SourceSecretSummary[], mayWrite = true) =>
    renderPage(() => <SecretList scheme="github" secrets={secrets} mayWrite={mayWrite} />);

  test('say that nothing is believed while there is none', () => {
    expect(list([])).toContain('every request is refused with 401');
  });

  test('tell the newest from one that retires', () => {
    const html = list([secret, { ...secret, id: 'ssk_01m8a2ghpsezbstq04tk2ag33e', hint: 'cd34', retiresAt: at }]);
    expect(html).toContain('newest');
    expect(html).toContain('retiring');
    expect(html).toContain('••••cd34');
  });

  test('can be looked at without the right to change them', () => {
    expect(list([secret], false)).not.toContain('<button');
  });
});

describe('a request', () => {
  const request: RequestDetail = {
    id: 'rcp_01m8a2gwk0etk95pve0g2k9hw1',
    sourceId: 'src_01m8a2ggcaegka8gyxmmwcwpha',
    receivedAt: at,
    outcome: 'refused',
    status: 401,
    cause: 'signature_mismatch',
    detail: 'no signature matches any of 2 live secrets',
    duplicates: 0,
    contentType: 'application/json',
    bodyBytes: 24,
    remoteAddress: '192.0.2.7',
    events: [],
    headers: [
      { name: 'x-kind', value: '</script><b>', masked: false },
      { name: 'authorization', value: '(32 characters)', masked: true },
    ],
    secret: null,
    body: { text: '{"n":12345678901234567890}', base64: null, complete: true },
    replayable: true,
    replayOf: null,
  };
  const show = (given: Partial<RequestDetail> = {}) =>
    renderPage(() => <RequestDetailPane request={{ ...request, ...given }} closeTo="." />);

  test('says why it was refused and what was answered', () => {
    const html = show();
    expect(html).toContain('No signature matches any of 2 live secrets.');
    expect(html).toContain('answered 401');
  });

  test('shows its body digit for digit and its headers as text', () => {
    const html = show();
    expect(html).toContain('12345678901234567890');
    expect(html).toContain('&lt;/script&gt;&lt;b&gt;');
    expect(html).toContain('masked (32 characters)');
  });

  test('offers bytes that are no text as a file', () => {
    const html = show({ body: { text: null, base64: 'AAEC', complete: true } });
    expect(html).toContain('data:application/octet-stream;base64,AAEC');
  });

  test('does not offer a part of a body as the whole', () => {
    const html = show({ body: { text: 'abc', base64: null, complete: false } });
    expect(html).not.toContain('data:application');
    expect(html).toContain('are kept.');
  });
});

test('a request that was held for a source which was disabled meanwhile says what to do', () => {
  expect(letterWords({ code: 'source_not_found', detail: 'Check the address.' })).toContain('Enable it, then replay');
  expect(letterWords({ code: 'bad_request', detail: 'It is no envelope.' })).toBe('It is no envelope.');
});
