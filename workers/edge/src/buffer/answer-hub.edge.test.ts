import { runDurableObjectAlarm } from 'cloudflare:test';
import { exports } from 'cloudflare:workers';
import { systemClock } from '@nexomatic/clock';
import { bufferStatusPath, deadLettersPath, settleDeadLetterPath } from '@nexomatic/contracts/edge-protocol';
import { problem } from '@nexomatic/contracts/error-code';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { signCall } from '@nexomatic/signature/signed-call';
import { expect, test } from 'vitest';
import { accepting, takenOf } from '../../testing/ask-stand-in.ts';
import { edgeKeyHex, edgeKeyId } from '../../testing/shared-key.ts';
import { heldSource } from './testing/held-source.ts';

const key = envelopeKey(edgeKeyId, edgeKeyHex);

/** Calls the edge as its hub does. */
async function call(
  path: string,
  input: unknown,
  { by = key, at = systemClock.now(), signed = path, said = input } = {},
) {
  const headers = await signCall(by, { path: signed, sentAt: at }, bytesOf(JSON.stringify(input)));
  const request = { method: 'POST', headers, body: JSON.stringify(said) };
  const response = await exports.default.fetch(`https://edge.test${path}`, request);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

const bytesOf = (text: string) => new Uint8Array(new TextEncoder().encode(text));

async function deadSource() {
  const source = await heldSource({ status: 401, body: JSON.stringify(problem('envelope_invalid', 'No.')) });
  const id = await source.hold('{"dead":true}');
  await runDurableObjectAlarm(source.buffer);
  return { ...source, id };
}

test('the hub is told how every source stands of which something is held', async () => {
  const { sourceKeyHash } = await deadSource();
  const { status, body } = await call(bufferStatusPath, {});
  expect(status).toBe(200);
  expect(body.sources).toContainEqual({
    sourceKeyHash,
    waiting: 0,
    waitingBytes: 0,
    oldestAt: null,
    deadLetters: 1,
    lastFailure: null,
    nextTryAt: null,
  });
});

test('the hub is shown dead letters, and settles them', async () => {
  const { sourceKeyHash, id, buffer, answer } = await deadSource();
  const shown = await call(deadLettersPath, { sourceKeyHash });
  expect(shown).toMatchObject({ status: 200, body: { deadLetters: [{ ingestId: id, body: btoa('{"dead":true}') }] } });
  await answer(accepting);
  const settled = await call(settleDeadLetterPath, { sourceKeyHash, ingestId: id, how: 'replay' });
  expect(settled).toEqual({ status: 200, body: { settled: 1 } });
  await runDurableObjectAlarm(buffer);
  expect(await takenOf(sourceKeyHash)).toEqual([id]);
});

test.each([
  ['another key', { by: envelopeKey(edgeKeyId, '4b1d'.repeat(16)) }],
  ['a key of another name', { by: envelopeKey('other', edgeKeyHex) }],
  ['a signature for another path', { signed: deadLettersPath }],
  ['a signature for another body', { said: { more: 1 } }],
  ['a signature of ten minutes ago', { at: systemClock.now() - 600_000 }],
])('to whoever calls with %s there is nothing', async (_, how) => {
  expect(await call(bufferStatusPath, {}, how)).toMatchObject({ status: 404, body: { code: 'not_found' } });
});

test.each([
  ['no signature', bufferStatusPath, { method: 'POST', body: '{}' }],
  ['GET', bufferStatusPath, { method: 'GET' }],
  ['a body that is too large', bufferStatusPath, { method: 'POST', body: 'x'.repeat(5_000) }],
  ['a path that there is not', '/internal/buffer/more', { method: 'POST', body: '{}' }],
])('to whoever calls with %s there is nothing either', async (_, path, init) => {
  expect((await exports.default.fetch(`https://edge.test${path}`, init)).status).toBe(404);
});

test.each([
  [deadLettersPath, { sourceKeyHash: 'short' }],
  [deadLettersPath, { sourceKeyHash: '00'.repeat(32), limit: 201 }],
  [settleDeadLetterPath, { sourceKeyHash: '00'.repeat(32), how: 'burn' }],
  [settleDeadLetterPath, { sourceKeyHash: '00'.repeat(32), how: 'replay', more: 1 }],
])('a call of another form at %s is refused: %j', async (path, input) => {
  expect(await call(path, input)).toMatchObject({ status: 400, body: { code: 'bad_request' } });
});
