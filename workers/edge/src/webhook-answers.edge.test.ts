import { exports } from 'cloudflare:workers';
import { errorCodes } from '@nexomatic/contracts/error-code';
import { sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import { expect, inject, test } from 'vitest';
import { newSourceKey, receivedBy, setSettings, toldOf } from '../testing/ask-stand-in.ts';
import { loggedLines } from '../testing/logged-lines.ts';
import { type CaseSource, caseOf, type WebhookCase, wordOf } from '../testing/webhook-case.ts';
import { webhookCases } from '../testing/webhook-cases.ts';

const baseUrl = 'https://edge.test';
const cases = [...webhookCases, ...inject('deliveries').map(caseOf)];
const described = cases.map((one) => ({ ...one, word: wordOf(one.expected) }));

/** Makes the source known to the hub, and gives its key. */
async function openSource({ settings, secrets, sourceKey = newSourceKey() }: CaseSource): Promise<string> {
  await setSettings(sourceKey, {
    version: 'v1',
    settings: {
      ...sourceSettingsSchema.parse(settings),
      secrets: secrets.map((value, n) => ({ id: `secret ${n}`, value, until: null })),
    },
  });
  return sourceKey;
}

test.each(described)('$name is answered with $word', async ({ source, request, expected }: WebhookCase) => {
  const sourceKey = await openSource(source ?? { settings: {}, secrets: [] });
  const sent = request({ baseUrl, sourceKey });
  const copy = 'accepted' in expected ? await sent.clone().bytes() : null;
  const response = await exports.default.fetch(sent);
  const { requestId } = loggedLines().at(-1) ?? {};
  if ('accepted' in expected) {
    expect({ status: response.status, body: await response.json() }).toMatchObject({
      status: 202,
      body: { status: 'accepted', eventId: expect.stringMatching(/^evt_/), receiptId: expect.stringMatching(/^rcp_/) },
    });
    const received = await receivedBy(String(requestId));
    expect(received?.body).toEqual(expected.body === undefined ? copy : new TextEncoder().encode(expected.body));
    const secretId = expected.secret === undefined ? null : `secret ${expected.secret}`;
    expect(received?.envelope).toMatchObject({ settingsVersion: 'v1', secretId, held: false });
    return;
  }
  if ('answered' in expected) {
    expect(response.status).toBe(200);
    expect(await response.text()).toBe(expected.answered);
    expect(Object.fromEntries(response.headers)).toMatchObject(expected.headers);
    return;
  }
  const { status, title } = errorCodes[expected.code];
  expect(await response.json()).toEqual({
    type: `/errors/${expected.code}`,
    title,
    status,
    code: expected.code,
    detail: expect.stringMatching(/\.$/),
    requestId,
  });
  expect(response.status).toBe(status);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'application/problem+json',
    ...expected.headers,
  });
  if (expected.by === 'rules') return;
  expect(await receivedBy(String(requestId))).toBeNull();
  if (expected.by === 'form') return;
  await expect
    .poll(async () => (await toldOf(sourceKey)).refusals)
    .toEqual([
      expect.objectContaining({
        ingestId: requestId,
        status,
        code: expected.code,
        cause: expected.cause ?? expected.code,
      }),
    ]);
});
