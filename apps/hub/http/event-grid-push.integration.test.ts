import { describe, expect, test } from 'vitest';
import { openRest } from './testing/open-rest.ts';

/** What Azure Event Grid sends when it pushes to a webhook, in either of its schemas, and what it takes for an answer. */
const rest = await openRest();
const { web, call } = rest;

type Handshakes = { eventGrid?: boolean; cloudEvents?: boolean };

async function webhook(handshakes: Handshakes): Promise<string> {
  const settings = { handshakes };
  const eventTypeId = rest.pipeline.eventType.id;
  const { body } = await call('POST', '/sources', { name: 'grid', kind: 'WEBHOOK', eventTypeId, settings });
  return new URL(String(body.address)).pathname;
}

async function send(path: string, body: string, headers: Record<string, string>, method = 'POST') {
  const response = await web.get(path, { method, headers, ...(method === 'POST' ? { body } : {}) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

const payloadOf = async (id: unknown) => ((await call('GET', `/events/${id}`)).body.payload as { text: string }).text;
const gridEvent = (id: string) =>
  `{"id":"${id}","topic":"/subscriptions/s/resourceGroups/r","subject":"orders/1","eventType":"Order.Placed","eventTime":"2026-11-25T10:00:00.1234567Z","data":{"n":12345678901234567890, "f":1.10},"dataVersion":"1","metadataVersion":"1"}`;
const cloudEvent = (id: string) =>
  `{"specversion":"1.0","id":"${id}","source":"/orders","type":"order.placed","data":{"n":12345678901234567890, "f":1.10}}`;

const grid = {
  'content-type': 'application/json; charset=utf-8',
  'aeg-event-type': 'Notification',
  'aeg-delivery-count': '0',
};
const cloud = { 'content-type': 'application/cloudevents+json; charset=utf-8' };
const batch = { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' };

describe('Event Grid pushes in its own schema', () => {
  test('after the address was validated: with 200, the code, and no event', async () => {
    const path = await webhook({ eventGrid: true });
    const code = '512d38b6-c7b8-40c8-89fe-f46f9e9622b6';
    const event = {
      id: '1',
      topic: '/t',
      subject: '',
      data: { validationCode: code, validationUrl: 'https://example.invalid' },
    };
    const asked = [{ ...event, eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', dataVersion: '1' }];
    const headers = { ...grid, 'aeg-event-type': 'SubscriptionValidation' };
    expect(await send(path, JSON.stringify(asked), headers)).toMatchObject({
      status: 200,
      body: { validationResponse: code },
    });
    expect((await call('GET', '/events')).body.events).toEqual([]);
  });

  test('one event for each request, its payload the array byte for byte, and a repeated delivery is known', async () => {
    const path = await webhook({ eventGrid: true });
    const body = `[${gridEvent('1')}, ${gridEvent('2')}]`;
    const first = await send(path, body, grid);
    expect(first.status).toBe(202);
    expect(await payloadOf(first.body.eventId)).toBe(body);
    const again = await send(path, body, { ...grid, 'aeg-delivery-count': '1' });
    expect(again).toMatchObject({ status: 200, body: { eventId: first.body.eventId } });
    expect((await call('GET', '/events')).body.events).toHaveLength(1);
    expect((await send(path, `[${gridEvent('3')}]`, grid)).status).toBe(202);
  });
});

describe('Event Grid pushes CloudEvents', () => {
  test('after it asked whether it may, by OPTIONS', async () => {
    const path = await webhook({ cloudEvents: true });
    const headers = { 'webhook-request-origin': 'eventgrid.azure.net', 'webhook-request-rate': '120' };
    const answer = await send(path, '', headers, 'OPTIONS');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
    expect(answer.headers.get('webhook-allowed-rate')).toBe('120');
  });

  test('one by one, byte for byte, and a repeated delivery is known by source and id', async () => {
    const path = await webhook({ cloudEvents: true });
    const first = await send(path, cloudEvent('1'), cloud);
    expect(first.status).toBe(202);
    expect(await payloadOf(first.body.eventId)).toBe(cloudEvent('1'));
    expect(await send(path, cloudEvent('1'), cloud)).toMatchObject({
      status: 200,
      body: { eventId: first.body.eventId },
    });
    expect((await send(path, cloudEvent('2'), cloud)).status).toBe(202);
  });

  test('in batches: one event for each request, its payload the array', async () => {
    const path = await webhook({ cloudEvents: true });
    const body = `[${cloudEvent('1')},${cloudEvent('2')}]`;
    const { status, body: answer } = await send(path, body, batch);
    expect(status).toBe(202);
    expect(await payloadOf(answer.eventId)).toBe(body);
  });
});
