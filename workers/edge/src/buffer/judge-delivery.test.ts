import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import { type ErrorCode, errorCodes, problem } from '@nexomatic/contracts/error-code';
import { expect, test } from 'vitest';
import { judgeDelivery } from './judge-delivery.ts';

const refused = (code: ErrorCode, retryAfter?: number): ForwardOutcome => ({
  kind: 'refused',
  status: errorCodes[code].status,
  problem: problem(code, 'Because.'),
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
const unreachable = (status?: number): ForwardOutcome => ({
  kind: 'unreachable',
  cause: 'no answer',
  ...(status === undefined ? {} : { status }),
});

test.each(['accepted', 'duplicate'] as const)('a request that was answered %s is delivered', (status) => {
  const answer = { status, receiptId: 'rcp_01', eventId: null } as never;
  expect(judgeDelivery({ kind: 'answered', status: 202, answer }, 1)).toEqual({ kind: 'delivered' });
});

test.each([
  ['a hub that is away', unreachable(), 'no answer'],
  ['a gateway’s error', unreachable(502), 'no answer'],
  ['a hub that can’t just now', refused('unavailable'), 'the hub answered unavailable: Because.'],
] as const)('%s is waited for without end', (_, outcome, cause) => {
  expect(judgeDelivery(outcome, 1_000_000)).toEqual({ kind: 'retry', cause });
});

test.each(['rate_limited', 'unavailable'] as const)('%s is heeded for as long as the hub says', (code) => {
  expect(judgeDelivery(refused(code, 7), 1)).toMatchObject({ kind: 'retry', afterSeconds: 7 });
});

test.each([
  ['an answer of somebody else', unreachable(403), 10, 'strange_answer'],
  ['a failure of the hub’s own program', refused('internal'), 20, 'internal'],
] as const)('%s is put aside at the last of its tries and not before', (_, outcome, tries, code) => {
  expect(judgeDelivery(outcome, tries - 1)).toMatchObject({ kind: 'retry' });
  expect(judgeDelivery(outcome, tries)).toMatchObject({ kind: 'dead', code });
});

test.each([
  'envelope_invalid',
  'bad_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'method_not_allowed',
] as const)('%s is a fault between edge and hub: nothing is lost by it, and nothing held up', (code) => {
  expect(judgeDelivery(refused(code), 1)).toEqual({ kind: 'dead', code, detail: 'Because.' });
});

test.each(['source_not_found', 'settings_changed'] as const)('%s loses nothing: a source may come back', (code) => {
  expect(judgeDelivery(refused(code), 1)).toMatchObject({ kind: 'dead', code });
});

test.each(['invalid_json', 'empty_body', 'payload_invalid', 'payload_too_large', 'conflict'] as const)(
  '%s is the hub’s last word on a request',
  (code) => {
    expect(judgeDelivery(refused(code), 1)).toEqual({ kind: 'delivered' });
  },
);
