import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { problem } from '@nexomatic/contracts/error-code';
import { expect, test } from 'vitest';
import { accepting, takenOf } from '../../testing/ask-stand-in.ts';
import { heldSource } from './testing/held-source.ts';

const refusing = { status: 401, body: JSON.stringify(problem('envelope_invalid', 'No.')) };

/** A source of that many dead letters. */
async function deadSource(count: number, body: string | Uint8Array = '{}') {
  const source = await heldSource(refusing);
  const ids: string[] = [];
  for (let at = 0; at < count; at++) ids.push(await source.hold(body));
  await runDurableObjectAlarm(source.buffer);
  const [first = ''] = ids;
  return { ...source, ids, first };
}

test('pages of dead letters follow each other without a gap', async () => {
  const { buffer, ids } = await deadSource(5);
  const seen: string[] = [];
  for (let after: string | undefined; seen.length < 5; after = seen.at(-1)) {
    const page = await buffer.deadLetters({ limit: 2, after });
    seen.push(...page.map(({ ingestId }) => ingestId));
  }
  expect(seen).toEqual(ids);
  expect(await buffer.deadLetters({ limit: 2, after: seen.at(-1) })).toEqual([]);
});

test('one that is replayed is delivered once the hub takes it; the others stay', async () => {
  const { buffer, first, answer, status, sourceKeyHash } = await deadSource(3);
  await answer(accepting);
  expect(await buffer.settle(first, 'replay', 1)).toBe(1);
  expect(await status()).toMatchObject({ waiting: 1, deadLetters: 2 });
  await runDurableObjectAlarm(buffer);
  expect(await takenOf(sourceKeyHash)).toEqual([first]);
  expect(await status()).toMatchObject({ waiting: 0, deadLetters: 2 });
});

test('all that are replayed are delivered in the order in which they came', async () => {
  const { buffer, ids, answer, status, sourceKeyHash } = await deadSource(3);
  await answer(accepting);
  expect(await buffer.settle('', 'replay', 1)).toBe(3);
  await runDurableObjectAlarm(buffer);
  expect(await takenOf(sourceKeyHash)).toEqual(ids);
  expect(await status()).toBeNull();
});

test('what is discarded is gone with its body, and is not delivered', async () => {
  const { buffer, ids, answer, status, sourceKeyHash } = await deadSource(2, new Uint8Array(1_600_000));
  await answer(accepting);
  expect(await buffer.settle('', 'discard', 1)).toBe(2);
  await runDurableObjectAlarm(buffer);
  expect(await takenOf(sourceKeyHash)).toEqual([]);
  expect(await status()).toBeNull();
  expect((await env.BODIES.list({ prefix: sourceKeyHash })).objects).toEqual([]);
  expect(await buffer.settle(ids[0] ?? '', 'replay', 2)).toBe(0);
});

test('a call for all of them that is played again does not reach those that came since', async () => {
  const { buffer, hold } = await deadSource(1);
  expect(await buffer.settle('', 'discard', 1_000)).toBe(1);
  const later = await hold();
  await runDurableObjectAlarm(buffer);
  expect(await buffer.settle('', 'discard', 1_000)).toBe(0);
  expect(await buffer.deadLetters({ limit: 10, after: undefined })).toMatchObject([{ ingestId: later }]);
  expect(await buffer.settle('', 'discard', 1_001)).toBe(1);
});

test('one that is not there settles nothing', async () => {
  const { buffer, status } = await deadSource(1);
  expect(await buffer.settle('018f2f2e-0000-7000-8000-000000000001', 'discard', 1)).toBe(0);
  expect(await status()).toMatchObject({ deadLetters: 1 });
});
