import { describe, expect, test } from 'vitest';
import { cloudEventsHandshake, crcHandshake, eventGridHandshake, slackHandshake } from './handshakes.ts';
import type { SignedRequest } from './verify-request.ts';

const request = (given: Partial<SignedRequest> & { text?: string; named?: Record<string, string> }): SignedRequest => ({
  method: 'POST',
  url: 'https://edge.example.com/h/key',
  headers: new Headers(given.named ?? {}),
  body: new TextEncoder().encode(given.text ?? ''),
  receivedAt: 0,
  remoteAddress: '',
  ...given,
});

describe('Event Grid asks whether the address is wanted', () => {
  const named = { 'aeg-event-type': 'SubscriptionValidation' };
  const event = {
    id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
    topic: '/subscriptions/xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx',
    subject: '',
    data: {
      validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6',
      validationUrl: 'https://rp-eastus2.eventgrid.azure.net:553/…',
    },
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    eventTime: '2022-10-28T04:23:35.1981776Z',
    metadataVersion: '1',
    dataVersion: '1',
  };

  test('and gets its code back with 200', () => {
    expect(eventGridHandshake(request({ named, text: JSON.stringify([event]) }))).toMatchObject({
      status: 200,
      body: '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}',
    });
  });

  test.each([
    ['without its header', {}, JSON.stringify([event])],
    ['with two events', named, JSON.stringify([event, event])],
    ['with another event', named, JSON.stringify([{ ...event, eventType: 'x' }])],
    ['without a code', named, JSON.stringify([{ ...event, data: {} }])],
    [
      'with a code from the prototype',
      named,
      '[{"eventType":"Microsoft.EventGrid.SubscriptionValidationEvent","data":{"__proto__":{"validationCode":"x"}}}]',
    ],
    ['with no JSON', named, '['],
  ])('and is taken for a delivery %s', (_, headers, text) => {
    expect(eventGridHandshake(request({ named: headers, text }))).toBeNull();
  });
});

describe('a CloudEvents sender asks by OPTIONS', () => {
  const options = (named: Record<string, string>) => cloudEventsHandshake(request({ method: 'OPTIONS', named }));

  test('and is allowed, at the rate that it wants', () => {
    expect(options({ 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' })).toEqual({
      status: 200,
      headers: {
        'webhook-allowed-origin': 'eventemitter.example.com',
        'webhook-allowed-rate': '120',
        allow: 'POST',
      },
      body: '',
    });
  });

  test.each<Record<string, string>>([
    {},
    { 'webhook-request-origin': 'a\tb' },
    { 'webhook-request-callback': 'http://169.254.169.254/' },
  ])('and is not, when it does not say who it is: %j', (named) => {
    expect(options(named)).toBeNull();
  });
});

test('Slack gets its challenge back as text', () => {
  expect(slackHandshake(request({ text: '{"type":"url_verification","challenge":"x"}' }))).toEqual({
    status: 200,
    headers: { 'content-type': 'text/plain' },
    body: 'x',
  });
  expect(slackHandshake(request({ text: '{"type":"event_callback","challenge":"x"}' }))).toBeNull();
  expect(slackHandshake(request({ text: '{"type":"url_verification"}' }))).toBeNull();
});

test('X gets the MAC of its token', async () => {
  const asked = request({ method: 'GET', url: 'https://edge.example.com/h/key?crc_token=Test%20Payload%20Body' });
  expect((await crcHandshake(asked, 'Convoy'))?.body).toBe(
    '{"response_token":"sha256=16FUVH58NeMcTIIOICN2UJOcPTTa4TbjCndXymGrtM8="}',
  );
  expect(await crcHandshake(request({ method: 'GET' }), 'Convoy')).toBeNull();
});
