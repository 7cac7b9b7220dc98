import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { systemClock } from '@nexomatic/clock';
import { type ErrorCode, problem } from '@nexomatic/contracts/error-code';
import { expect, test, vi } from 'vitest';
import { accepting, receivedBy, takenOf, unavailable } from '../../testing/ask-stand-in.ts';
import { loggedLines } from '../../testing/logged-lines.ts';
import type { ScriptedAnswer } from '../../testing/stand-in-protocol.ts';
import { envelopeOf, heldSource } from './testing/held-source.ts';

const refusal = (code: ErrorCode, detail: string): ScriptedAnswer => {
  const document = problem(code, detail);
  return { status: document.status, body: JSON.stringify(document) };
};
/** Random, so that nothing packs them. */
function bytes(count: number): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(count);
  for (let at = 0; at < count; at += 65_536) crypto.getRandomValues(made.subarray(at, at + 65_536));
  return made;
}

test('what was held is delivered in the order in which it came, with its first time of receipt, marked as held', async () => {
  const source = await heldSource(unavailable);
  const ids = [await source.hold('{"n":1}'), await source.hold('{"n":2}'), await source.hold('{"n":3}')];
  expect(await source.status()).toMatchObject({ waiting: 1, oldestAt: 1_700_000_000_000, lastFailure: null });

  await runDurableObjectAlarm(source.buffer);
  expect(await takenOf(source.sourceKeyHash)).toEqual([]);
  expect(await source.status()).toMatchObject({
    waiting: 3,
    waitingBytes: 21,
    deadLetters: 0,
    lastFailure: 'the hub answered unavailable: Not now.',
    nextTryAt: expect.any(Number),
  });

  await source.answer(accepting);
  expect(await runDurableObjectAlarm(source.buffer)).toBe(true);
  expect(await takenOf(source.sourceKeyHash)).toEqual(ids);
  expect(await receivedBy(ids[1] ?? '')).toMatchObject({
    envelope: { held: true, receivedAt: 1_700_000_000_000, settingsVersion: '3', headers: [['x-request', 'first']] },
    body: new TextEncoder().encode('{"n":2}'),
  });
  expect(await source.status()).toBeNull();
  expect(await runDurableObjectAlarm(source.buffer)).toBe(false);
});

test('an object that is ended keeps what it holds and delivers it without being asked', async () => {
  const source = await heldSource(unavailable);
  const id = await source.hold();
  await source.answer(accepting);
  await evictDurableObject(source.buffer);
  await vi.waitFor(async () => expect(await takenOf(source.sourceKeyHash)).toEqual([id]), { timeout: 30_000 });
});

test('a request that is held twice is delivered once', async () => {
  const source = await heldSource(unavailable);
  const envelope = envelopeOf(source.sourceKeyHash);
  for (let at = 0; at < 2; at++) {
    expect(await source.buffer.hold(envelope, new Uint8Array([0x7b, 0x7d]), { onlyBehind: false })).toBe('held');
  }
  await source.answer(accepting);
  await runDurableObjectAlarm(source.buffer);
  expect(await takenOf(source.sourceKeyHash)).toEqual([envelope.ingestId]);
});

test('a request that may be held only behind others is not held where there are none', async () => {
  const source = await heldSource(unavailable);
  const behind = () => source.buffer.hold(envelopeOf(source.sourceKeyHash), new Uint8Array(), { onlyBehind: true });
  expect(await behind()).toBe('nothing_waits');
  await source.hold();
  expect(await behind()).toBe('held');
});

test.each([0, 1, 1_500_000, 1_500_001, 10_485_760])(
  'a body of %i bytes arrives as it was sent, and leaves nothing',
  async (size) => {
    const source = await heldSource(accepting);
    const body = bytes(size);
    const id = await source.hold(body);
    const large = size > 1_500_000 ? 1 : 0;
    expect((await env.BODIES.list({ prefix: source.sourceKeyHash })).objects).toHaveLength(large);
    await runDurableObjectAlarm(source.buffer);
    const received = await receivedBy(id);
    // Compared by hand: a difference of megabytes is not for printing.
    expect(received?.body.length).toBe(size);
    expect(received?.body.every((byte, at) => byte === body[at])).toBe(true);
    expect((await env.BODIES.list({ prefix: source.sourceKeyHash })).objects).toEqual([]);
    await runInDurableObject(source.buffer, (_, { storage }) => {
      expect(storage.sql.exec('SELECT count(*) AS n FROM held').one()).toEqual({ n: 0 });
    });
  },
);

test('a large body whose writing was cut off is removed, and holds up nobody', async () => {
  const source = await heldSource(accepting);
  const cutOff = envelopeOf(source.sourceKeyHash);
  await runInDurableObject(source.buffer, (_, { storage }) => {
    storage.sql.exec(
      "INSERT INTO held (ingest_id, state, received_at, envelope, body, body_bytes) VALUES (?, 'arriving', 0, ?, NULL, 2000000)",
      ...[cutOff.ingestId, JSON.stringify(cutOff)],
    );
  });
  await env.BODIES.put(`${source.sourceKeyHash}/${cutOff.ingestId}`, 'cut off');
  const id = await source.hold();
  await runDurableObjectAlarm(source.buffer);
  expect(await takenOf(source.sourceKeyHash)).toEqual([id]);
  expect(await receivedBy(cutOff.ingestId)).toBeNull();
  expect((await env.BODIES.list({ prefix: source.sourceKeyHash })).objects).toEqual([]);
});

test.each(['invalid_json', 'payload_invalid', 'event_type_disabled'] as const)(
  'a refusal by %s is the hub’s last word: the request is done with',
  async (code) => {
    const source = await heldSource(refusal(code, 'Because.'));
    await source.hold();
    await runDurableObjectAlarm(source.buffer);
    expect(await source.status()).toBeNull();
  },
);

test('a hub that is busy is waited for as long as it asks', async () => {
  const source = await heldSource({ ...refusal('rate_limited', 'Slower.'), headers: { 'retry-after': '45' } });
  await source.hold();
  const before = systemClock.now();
  await runDurableObjectAlarm(source.buffer);
  expect(((await source.status())?.nextTryAt ?? 0) - before).toBeGreaterThanOrEqual(45_000);
});

test('a request that the hub’s key check refuses is put aside and told of; those behind it go on', async () => {
  const source = await heldSource(refusal('envelope_invalid', 'Not signed by a known edge.'));
  const id = await source.hold('{"kept":true}');
  await runDurableObjectAlarm(source.buffer);
  expect(await source.status()).toMatchObject({ waiting: 0, deadLetters: 1 });
  expect(loggedLines().at(-1)).toMatchObject({ level: 'error', event: 'buffer.drained', dead: 1, delivered: 0 });
  await source.answer(accepting);
  const next = await source.hold();
  await runDurableObjectAlarm(source.buffer);
  expect(await takenOf(source.sourceKeyHash)).toEqual([next]);
  expect(await source.buffer.deadLetters({ limit: 10, after: undefined })).toEqual([
    {
      ingestId: id,
      receivedAt: 1_700_000_000_000,
      contentType: 'application/json',
      remoteAddress: '192.0.2.7',
      headers: [['x-request', 'first']],
      bodyBytes: 13,
      body: btoa('{"kept":true}'),
      tries: 1,
      code: 'envelope_invalid',
      detail: 'Not signed by a known edge.',
      refusedAt: expect.any(Number),
    },
  ]);
});

test('a dead letter that nobody settled for thirty days is thrown away, and the buffer is empty', async () => {
  const source = await heldSource(refusal('envelope_invalid', 'No.'));
  await source.hold();
  await runDurableObjectAlarm(source.buffer);
  // It looks once a day while there are any.
  expect(await runDurableObjectAlarm(source.buffer)).toBe(true);
  expect(await source.status()).toMatchObject({ deadLetters: 1 });
  await runInDurableObject(source.buffer, (_, { storage }) => {
    storage.sql.exec('UPDATE held SET refused_at = refused_at - ?', 30 * 86_400_000 + 1);
  });
  await runDurableObjectAlarm(source.buffer);
  expect(await source.status()).toBeNull();
  expect(await runDurableObjectAlarm(source.buffer)).toBe(false);
});

test('an answer that is nobody’s word is waited out ten times; then the request is put aside', async () => {
  const source = await heldSource({ status: 403, body: '<h1>Blocked</h1>' });
  await source.hold();
  for (let tries = 1; tries < 10; tries++) await runDurableObjectAlarm(source.buffer);
  expect(await source.status()).toMatchObject({ waiting: 1, deadLetters: 0 });
  await runDurableObjectAlarm(source.buffer);
  expect(await source.status()).toMatchObject({ waiting: 0, deadLetters: 1 });
  expect(await source.buffer.deadLetters({ limit: 1, after: undefined })).toMatchObject([
    { code: 'strange_answer', tries: 10 },
  ]);
});

test('a body that is gone from the store of large bodies makes a dead letter that says so', async () => {
  const source = await heldSource(unavailable);
  const id = await source.hold(bytes(1_600_000));
  await env.BODIES.delete(`${source.sourceKeyHash}/${id}`);
  await runDurableObjectAlarm(source.buffer);
  expect(await source.buffer.deadLetters({ limit: 1, after: undefined })).toMatchObject([
    { ingestId: id, code: 'body_missing', body: '', bodyBytes: 1_600_000 },
  ]);
});

test('a buffer that is full takes no more', async () => {
  const source = await heldSource(unavailable);
  await source.hold();
  await runInDurableObject(source.buffer, (_, { storage }) => {
    storage.sql.exec(`INSERT INTO held (ingest_id, state, received_at, envelope, body, body_bytes)
      WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 250000)
      SELECT 'filler-' || n, 'waiting', 0, '{}', x'', 0 FROM n`);
  });
  await evictDurableObject(source.buffer);
  const outcome = source.buffer.hold(envelopeOf(source.sourceKeyHash), new Uint8Array(), { onlyBehind: false });
  expect(await outcome).toBe('full');
  await runInDurableObject(source.buffer, (_, { storage }) => storage.deleteAll());
});
