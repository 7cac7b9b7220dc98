import { exports } from 'cloudflare:workers';
import { errorCodes } from '@nexomatic/contracts/error-code';
import { expect, test } from 'vitest';
import { knownSourceKey } from '../testing/shared-key.ts';
import { type WebhookCase, webhookCases } from '../testing/webhook-cases.ts';

const target = { baseUrl: 'https://edge.test', sourceKey: knownSourceKey };
const described = webhookCases.map((one) => ({
  ...one,
  answer: 'code' in one.expected ? one.expected.code : 'accepted',
}));

test.each(described)('$name is answered with $answer', async ({ request, expected }: WebhookCase) => {
  const response = await exports.default.fetch(request(target));
  const body = await response.json();
  if ('accepted' in expected) {
    expect(response.status).toBe(202);
    expect(body).toEqual({
      status: 'accepted',
      eventId: expect.stringMatching(/^evt_/),
      receiptId: expect.stringMatching(/^rcp_/),
    });
    return;
  }
  const { status, title } = errorCodes[expected.code];
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(response.headers.get('allow')).toBe(expected.allow ?? null);
  expect(body).toEqual({
    type: `/errors/${expected.code}`,
    title,
    status,
    code: expected.code,
    detail: expect.stringMatching(/\.$/),
    requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});
