import { type SourceSettings, sourceSettingsSchema } from '@nexomatic/contracts/source-settings';
import { describe, expect, test } from 'vitest';
import { dedupeKeyOf } from './dedupe-key.ts';
import { incomingRequest } from './incoming-request.ts';

type Given = Parameters<typeof sourceSettingsSchema.parse>[0];
const settings = (given: Given): SourceSettings => sourceSettingsSchema.parse(given);

/** The key as hex, or null. */
function keyOf(of: SourceSettings, headers: Record<string, string>, body: unknown = {}, type = 'application/json') {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  const key = dedupeKeyOf(of, incomingRequest(Object.entries(headers), type, bytes));
  return key && Buffer.from(key).toString('hex');
}

const scheme = (name: string, more: object = {}) => settings({ verification: { scheme: name, ...more } });
const cloudEvents = settings({ handshakes: { cloudEvents: true } });
const eventGrid = settings({ handshakes: { eventGrid: true } });
const form = 'application/x-www-form-urlencoded';

describe('the delivery id of', () => {
  test.each<[string, SourceSettings, Record<string, string>, unknown, string?]>([
    ['Standard Webhooks', scheme('standard_webhooks'), { 'webhook-id': 'ID' }, {}],
    ['Svix', scheme('standard_webhooks'), { 'svix-id': 'ID' }, {}],
    ['GitHub', scheme('github'), { 'x-github-delivery': 'ID' }, {}],
    ['Stripe', scheme('stripe'), {}, { id: 'ID' }],
    ['Slack', scheme('slack'), {}, { event_id: 'ID' }],
    ['a slash command of Slack', scheme('slack'), {}, 'command=%2Fx&trigger_id=ID', form],
    ['Shopify', scheme('shopify'), { 'x-shopify-webhook-id': 'ID' }, {}],
    ['Twilio', scheme('twilio'), { 'i-twilio-idempotency-token': 'ID' }, {}],
    ['GitLab', scheme('gitlab_token'), { 'idempotency-key': 'ID' }, {}],
    ['a sender of its own kind', scheme('hmac', { header: 'x-sig', idHeader: 'X-Id' }), { 'x-id': 'ID' }, {}],
    ['a CloudEvent in headers', cloudEvents, { 'ce-source': '/s', 'ce-id': 'ID' }, {}],
    ['a CloudEvent in the body', cloudEvents, {}, { source: '/s', id: 'ID' }],
    ['Event Grid', eventGrid, {}, [{ topic: 't', id: 'ID' }]],
    ['a header', settings({ dedupe: { by: 'header', header: 'X-Delivery' } }), { 'x-delivery': 'ID' }, {}],
    ['members', settings({ dedupe: { by: 'pointers', pointers: ['/a/id', '/n'] } }), {}, { a: { id: 'ID' }, n: 1 }],
  ])(
    '%s makes two requests one, another makes them two, and without one each is its own',
    (_, of, headers, body, type) => {
      let tries = 0;
      const sent = (id: string) => {
        const put = (text: string) => text.replaceAll('ID', id);
        const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, put(value)]));
        // What else a request holds changes with each try: a time, a signature.
        return keyOf(
          of,
          { ...named, 'x-try': String(tries++) },
          put(typeof body === 'string' ? body : JSON.stringify(body)),
          type,
        );
      };
      expect(sent('one')).toMatch(/^[0-9a-f]{64}$/);
      expect(sent('one')).toBe(sent('one'));
      expect(sent('two')).not.toBe(sent('one'));
      expect(keyOf(of, {}, {})).toBeNull();
    },
  );

  test('X is not known, nor that of a credential alone', () => {
    expect(keyOf(scheme('x'), { 'x-id': '1' }, { id: 1 })).toBeNull();
    expect(keyOf(scheme('basic'), { 'ce-source': 's', 'ce-id': '1' }, { id: 1 })).toBeNull();
  });
});

test('the body by itself tells deliveries apart by its bytes', () => {
  const of = settings({ dedupe: { by: 'body' } });
  expect(keyOf(of, {}, '{"a":1}')).toBe(keyOf(of, { 'x-other': '1' }, '{"a":1}'));
  expect(keyOf(of, {}, '{"a":1}')).not.toBe(keyOf(of, {}, '{"a": 1}'));
});

test('nothing tells deliveries apart where that was chosen', () => {
  expect(keyOf(settings({ dedupe: { by: 'none' } }), { 'webhook-id': '1' }, { id: 1 })).toBeNull();
});

test('members must all be there, and are not run together', () => {
  const of = settings({ dedupe: { by: 'pointers', pointers: ['/a', '/b'] } });
  expect(keyOf(of, {}, { a: 1 })).toBeNull();
  expect(keyOf(of, {}, { a: 1, b: null })).toBeNull();
  expect(keyOf(of, {}, { a: 'x', b: 'yz' })).not.toBe(keyOf(of, {}, { a: 'xy', b: 'z' }));
  expect(keyOf(of, {}, { a: '1', b: 2 })).not.toBe(keyOf(of, {}, { a: 1, b: 2 }));
});

test('the same text in a header and in a body is not the same delivery', () => {
  const header = keyOf(settings({ dedupe: { by: 'header', header: 'id' } }), { id: '"x"' });
  const pointer = keyOf(settings({ dedupe: { by: 'pointers', pointers: ['/id'] } }), {}, { id: 'x' });
  expect(header).not.toBe(pointer);
});

test('a batch of Event Grid is told by all of its events', () => {
  const [one, two] = [
    { id: '1', topic: 't' },
    { id: '2', topic: 't' },
  ];
  expect(keyOf(eventGrid, {}, [one, two])).toBe(keyOf(eventGrid, {}, [one, two]));
  expect(keyOf(eventGrid, {}, [one, two])).not.toBe(keyOf(eventGrid, {}, [one]));
  expect(keyOf(eventGrid, {}, [one, { topic: 't' }])).toBeNull();
});

test('a masked header is no delivery id: all deliveries would be one', () => {
  expect(keyOf(settings({ dedupe: { by: 'header', header: 'x-token' } }), { 'x-token': '***' })).toBeNull();
});
