import type { Expected, WebhookCase } from '../webhook-case.ts';
import { json, post, source, withMethod } from './requests.ts';

const eventGrid = source(
  { handshakes: { eventGrid: true }, verification: { scheme: 'token', header: 'x-key', prefix: '' } },
  'k',
);
const cloudEvents = source({ handshakes: { cloudEvents: true } });
const x = source({ verification: { scheme: 'x' } }, 'consumer secret');
const wrongMethod: Expected = { code: 'method_not_allowed', headers: { allow: 'POST, OPTIONS' } };
const asks = { 'webhook-request-origin': 'eventemitter.example.com', 'webhook-request-rate': '120' };

const validation = JSON.stringify([
  {
    id: '2d1781af-3a4c-4d7c-bd0c-e34b19da4e66',
    topic: '/subscriptions/x',
    subject: '',
    data: { validationCode: '512d38b6-c7b8-40c8-89fe-f46f9e9622b6', validationUrl: 'http://169.254.169.254/' },
    eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
    eventTime: '2022-10-28T04:23:35.1981776Z',
    metadataVersion: '1',
    dataVersion: '1',
  },
]);
const asksToValidate = post({ ...json, 'aeg-event-type': 'SubscriptionValidation' }, validation);

/** Senders that ask first whether this address wants their events. */
export const handshakeCases: WebhookCase[] = [
  {
    name: 'Event Grid’s validation',
    source: eventGrid,
    expected: {
      answered: '{"validationResponse":"512d38b6-c7b8-40c8-89fe-f46f9e9622b6"}',
      headers: { 'content-type': 'application/json' },
    },
    request: asksToValidate,
  },
  {
    name: 'Event Grid’s validation where it is not enabled',
    source: source({ verification: eventGrid.settings.verification }, 'k'),
    expected: { code: 'signature_invalid', cause: 'signature_missing' },
    request: asksToValidate,
  },
  {
    name: 'CloudEvents’ OPTIONS',
    source: cloudEvents,
    expected: {
      answered: '',
      headers: {
        'webhook-allowed-origin': 'eventemitter.example.com',
        'webhook-allowed-rate': '120',
        allow: 'POST',
      },
    },
    request: withMethod('OPTIONS', { ...asks, 'webhook-request-callback': 'http://169.254.169.254/' }),
  },
  { name: 'CloudEvents’ OPTIONS where it is not enabled', expected: wrongMethod, request: withMethod('OPTIONS', asks) },
  {
    name: 'X’s challenge',
    source: x,
    expected: {
      answered: '{"response_token":"sha256=G8qohDAsN4eFitPgbjmGsq6xKypyrTPNiKegYAnW3SE="}',
      headers: { 'content-type': 'application/json' },
    },
    request: withMethod('GET', {}, '?crc_token=challenge'),
  },
  {
    name: 'X’s challenge to a source of another kind',
    expected: wrongMethod,
    request: withMethod('GET', {}, '?crc_token=challenge'),
  },
];
