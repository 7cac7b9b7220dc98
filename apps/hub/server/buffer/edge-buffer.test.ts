import { fakeClock, systemClock } from '@nexomatic/clock';
import { bufferStatusPath, deadLettersPath, settleDeadLetterPath } from '@nexomatic/contracts/edge-protocol';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import { freePort } from '@nexomatic/testkit/free-port';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { createEdgeBuffer } from './edge-buffer.ts';
import { type EdgeStandIn, startEdgeStandIn } from './testing/edge-stand-in.ts';

const key = envelopeKey('k1', '0123456789abcdef'.repeat(4));
const otherKey = envelopeKey('k2', 'fedcba9876543210'.repeat(4));
const sourceKeyHash = 'ab'.repeat(32);
const held = {
  sourceKeyHash,
  waiting: 3,
  waitingBytes: 30,
  oldestAt: 1_700_000_000_000,
  deadLetters: 1,
  lastFailure: 'no answer',
  nextTryAt: null,
};
const reachable = { state: 'reachable', sources: [held] };
let edge: EdgeStandIn;
const edges: EdgeStandIn[] = [];
beforeEach(async () => {
  edge = await startEdgeStandIn(key);
  edges.push(edge);
  edge.answer(bufferStatusPath, { status: 200, body: { sources: [held] } });
});
afterAll(async () => {
  for (const one of edges) await one[Symbol.asyncDispose]();
});

const bufferAt = (
  edgeUrl: string,
  { edgeKeys = [key], publicUrl = 'http://localhost:4600', clock = systemClock } = {},
) => createEdgeBuffer({ env: { edgeUrl, publicUrl, edgeKeys }, clock });

test('a hub without an edge of its own, or without a key for one, asks nobody', async () => {
  expect(await bufferAt(edge.url, { publicUrl: edge.url }).state()).toEqual({ state: 'none' });
  expect(await bufferAt(edge.url, { edgeKeys: [] }).state()).toEqual({ state: 'none' });
  expect(bufferAt(edge.url, { edgeKeys: [] }).lastHeard()).toEqual({ state: 'none' });
  expect(edge.asked).toEqual([]);
});

test('the edge is asked with the first key, once for all who ask within two seconds', async () => {
  const clock = { ...systemClock, monotonic: fakeClock().monotonic };
  const at = { now: 0 };
  clock.monotonic = () => at.now;
  const buffer = bufferAt(edge.url, { edgeKeys: [key, otherKey], clock });
  expect(await Promise.all([buffer.state(), buffer.state()])).toEqual([reachable, reachable]);
  at.now = 1_999;
  await buffer.state();
  expect(edge.asked).toEqual([{ path: bufferStatusPath, input: {} }]);
  at.now = 2_000;
  await buffer.state();
  expect(edge.asked).toHaveLength(2);
});

test('who can’t wait is told what was last heard, and nothing before that', async () => {
  const buffer = bufferAt(edge.url);
  expect(buffer.lastHeard()).toBeNull();
  expect(await buffer.state()).toEqual(reachable);
  expect(buffer.lastHeard()).toEqual(reachable);
  expect(edge.asked).toHaveLength(1);
});

test.each([
  ['knows another key', otherKey, null, /^it does not know this hub’s key/],
  ['hangs up', key, 'hang up' as const, /^it can not be reached \([A-Z_]+\)$/],
  ['fails', key, { status: 500, body: 'x' }, /^it answered with status 500$/],
  ['answers in another form', key, { status: 200, body: '<h1>Hi</h1>' }, /^something else than an edge/],
  ['redirects', key, { status: 302, body: '' }, /^it answered with status 302$/],
  ['says nothing', key, 'silence' as const, /^it did not answer within 3000 ms$/],
])('an edge that %s is unreachable, and it is said why without its address', async (_, sharedKey, answer, problem) => {
  if (answer) edge.answer(bufferStatusPath, answer);
  const state = await bufferAt(edge.url, { edgeKeys: [sharedKey] }).state();
  expect(state).toEqual({ state: 'unreachable', problem: expect.stringMatching(problem) });
  expect(JSON.stringify(state)).not.toContain('127.0.0.1');
});

test('an address where nothing listens is unreachable, and what is asked of it fails', async () => {
  const buffer = bufferAt(`http://127.0.0.1:${await freePort()}`);
  expect(await buffer.state()).toEqual({ state: 'unreachable', problem: 'it can not be reached (ECONNREFUSED)' });
  await expect(buffer.deadLetters({ sourceKeyHash, limit: 1 })).rejects.toThrow('it can not be reached');
});

test('dead letters are asked for and settled by the source’s hash, and what was heard before is asked anew', async () => {
  edge.answer(deadLettersPath, { status: 200, body: { deadLetters: [] } });
  edge.answer(settleDeadLetterPath, { status: 200, body: { settled: 2 } });
  const buffer = bufferAt(edge.url);
  await buffer.state();
  expect(await buffer.deadLetters({ sourceKeyHash, limit: 5, after: 'x' })).toEqual([]);
  expect(await buffer.settle({ sourceKeyHash, ingestId: '', how: 'replay' })).toBe(2);
  await buffer.state();
  expect(edge.asked).toEqual([
    { path: bufferStatusPath, input: {} },
    { path: deadLettersPath, input: { sourceKeyHash, limit: 5, after: 'x' } },
    { path: settleDeadLetterPath, input: { sourceKeyHash, ingestId: '', how: 'replay' } },
    { path: bufferStatusPath, input: {} },
  ]);
});
