import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { type ErrorCode, problem } from '@nexomatic/contracts/error-code';
import { expect, inject, test } from 'vitest';
import { accepting, answerFor, hashOf, sourceAnswering, takenOf } from '../../testing/ask-stand-in.ts';
import { loggedLines } from '../../testing/logged-lines.ts';
import type { ScriptedAnswer } from '../../testing/stand-in-protocol.ts';
import { ownEdge } from './testing/own-edge.ts';

const refusal = (code: ErrorCode): ScriptedAnswer => {
  const document = problem(code, 'Because.');
  return { status: document.status, body: JSON.stringify(document) };
};
/** An address at which no hub answers. */
const away = () => `${inject('hubUrl')}/nowhere`;
const bufferOf = (hash: string) => env.SOURCE_BUFFERS.get(env.SOURCE_BUFFERS.idFromName(hash));

test.each([
  ['does not answer in time', { ...accepting, delayMs: 2_500 }, 'no answer within 1500 ms'],
  ['is a proxy’s error page', { status: 502, body: '<h1>Bad gateway</h1>' }, 'status 502'],
  ['answers success in another form', { status: 200, body: '{"ok":true}' }, 'status 200'],
  ['redirects', { status: 307, headers: { location: '/elsewhere' }, body: '' }, 'status 307'],
  ['can’t just now', refusal('unavailable'), 'the hub answered unavailable: Because.'],
  ['fails', refusal('internal'), 'the hub answered internal: Because.'],
  ['does not know the edge’s key', refusal('envelope_invalid'), 'the hub answered envelope_invalid: Because.'],
])(
  'a webhook that comes while the hub %s is kept, answered 202, and delivered once later',
  async (_, answer, cause) => {
    const sourceKey = await sourceAnswering(answer);
    const hash = await hashOf(sourceKey);
    const response = await ownEdge().post(sourceKey);
    expect(response.status).toBe(202);
    const { requestId, ...rest } = (await response.json()) as { requestId: string };
    expect(rest).toEqual({ status: 'buffered' });
    expect(loggedLines().at(-1)).toMatchObject({
      outcome: 'buffered',
      cause: expect.stringContaining(cause),
      requestId,
    });
    await answerFor(hash, accepting);
    await runDurableObjectAlarm(bufferOf(hash));
    // The hub that answered too late had taken it already; that it came twice under one id is a duplicate to it.
    expect(new Set(await takenOf(hash))).toEqual(new Set([requestId]));
    expect(await bufferOf(hash).deadLetters({ limit: 1, after: undefined })).toEqual([]);
  },
);

test.each(['invalid_json', 'payload_invalid', 'rate_limited', 'event_type_disabled'] as const)(
  'a webhook that the hub refuses by %s is told so and not kept',
  async (code) => {
    const sourceKey = await sourceAnswering(refusal(code));
    const response = await ownEdge().post(sourceKey);
    expect(await response.json()).toMatchObject({ code });
    expect(await runDurableObjectAlarm(bufferOf(await hashOf(sourceKey)))).toBe(false);
  },
);

test('a new isolate judges by the sealed copy while the hub is away, and keeps what it finds good', async () => {
  const sourceKey = await sourceAnswering(accepting);
  expect((await ownEdge().post(sourceKey)).status).toBe(202);
  const apart = ownEdge({ hubUrl: away() });
  const response = await apart.post(sourceKey);
  expect({ status: response.status, body: await response.json() }).toMatchObject({
    status: 202,
    body: { status: 'buffered' },
  });
  await runDurableObjectAlarm(bufferOf(await hashOf(sourceKey)));
  expect(await takenOf(await hashOf(sourceKey))).toHaveLength(2);
});

test('of a source whose settings nobody has seen nothing is kept while the hub is away', async () => {
  const sourceKey = await sourceAnswering(accepting);
  const response = await ownEdge({ hubUrl: away() }).post(sourceKey);
  expect(response.status).toBe(503);
  expect(response.headers.get('retry-after')).toBe('10');
});
