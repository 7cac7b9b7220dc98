import { idToBytes } from '@nexomatic/contracts/id';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, describe, expect, test } from 'vitest';
import { createEventGridConsumers } from '#server/sources/event-grid/consumers.ts';
import { openFakeNamespace } from '#server/sources/event-grid/testing/fake-namespace.ts';
import { cloudEvent } from '#server/sources/event-grid/testing/open-event-grid.ts';
import { auditOf } from './testing/call-rest.ts';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { web, call } = rest;
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const azure = {
  ...{ namespaceUrl: 'https://orders.westeurope-1.eventgrid.azure.net', topic: 'orders', subscription: 'nexomatic' },
  auth: { kind: 'access_key' },
};
const credential = 'an access key of more than twenty characters';

async function makeSource() {
  const eventTypeId = rest.pipeline.eventType.id;
  const made = await call('POST', '/sources', { name: 'orders', kind: 'EVENT_GRID', eventTypeId });
  expect(made).toMatchObject({ status: 201, body: { address: null, eventTypeId: expect.any(String) } });
  return String(made.body.id);
}
const connect = (id: string, input: object) => call('PUT', `/sources/${id}/event-grid`, input);
const statusOf = async (id: string) => (await call('GET', `/sources/${id}/event-grid`)).body;

describe('a source that pulls from Event Grid', () => {
  test('is made, connected, pulled, paused, resumed and deleted by the API, and its events show it', async () => {
    const namespace = await openFakeNamespace();
    closing.push(() => namespace.close());
    const consumers = createEventGridConsumers(web.services, { everyMs: 50, leaseSeconds: 5, renewEveryMs: 20_000 });
    consumers.start();
    closing.push(() => consumers.stop());

    const id = await makeSource();
    expect(await statusOf(id)).toMatchObject({ state: 'incomplete', settings: null, credential: null, polls: [] });
    const settings = { ...azure, namespaceUrl: namespace.url, maxWaitSeconds: 10 };
    const connected = await connect(id, { version: 1, settings, credential: namespace.accessKey });
    expect(connected).toMatchObject({ status: 200, body: { version: 2, settings: { ...settings, maxEvents: 50 } } });

    namespace.queue.publish(cloudEvent('1'));
    await waitFor(() => namespace.queue.left().length === 0, { what: 'the event to be taken' });
    const status = await waitFor(
      async () => {
        const now = await statusOf(id);
        return (now.totals as { accepted: number }).accepted === 1 ? now : null;
      },
      { what: 'the poll to be written' },
    );
    expect(status).toMatchObject({
      state: 'receiving',
      hub: expect.any(String),
      inFlight: 0,
      lagSeconds: 0,
      lastError: null,
    });
    expect(status.polls).toMatchObject([{ outcome: 'taken', received: 1, accepted: 1 }]);
    const { events } = (await call('GET', '/events?source=orders')).body as { events: { source: string }[] };
    expect(events).toMatchObject([{ source: 'orders' }]);
    expect((await call('GET', `/sources/${id}`)).body).toMatchObject({
      lastReceivedAt: expect.any(String),
      eventsLastDay: 1,
    });

    await call('POST', `/sources/${id}/disable`, {});
    await waitFor(() => namespace.waiting() === 0, { what: 'the hub to stop asking' });
    expect(await statusOf(id)).toMatchObject({ state: 'paused' });
    await call('POST', `/sources/${id}/enable`, {});
    await waitFor(() => namespace.waiting() === 1, { what: 'the hub to ask again' });
    expect((await call('DELETE', `/sources/${id}`)).status).toBe(204);
    await waitFor(() => namespace.waiting() === 0, { what: 'the hub to leave it' });
  });

  test('tells its credential to nobody, not in the audit log either', async () => {
    const id = await makeSource();
    const { body } = await connect(id, { version: 1, settings: azure, credential });
    expect(body).toMatchObject({ state: 'starting', credential: { hint: 'ters', createdAt: expect.any(String) } });
    const audit = await auditOf(web, id);
    expect(audit.at(-1)).toMatchObject({
      ...{ action: 'source.connected', before: null },
      after: { ...azure, credential: 'new' },
    });
    const stored = await rest.database.sql.query('SELECT wrapped, hint FROM source_secrets');
    const everywhere = JSON.stringify([body, audit, await statusOf(id), (await call('GET', `/sources/${id}`)).body]);
    expect(everywhere).not.toContain(credential);
    expect(Buffer.concat(stored.map((row) => (row as { wrapped: Buffer }).wrapped)).includes(credential)).toBe(false);
  });

  test('keeps its credential while it stays where it is, and asks for it when it is moved', async () => {
    const id = await makeSource();
    expect(await connect(id, { version: 1, settings: azure })).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'credential' }] } },
    });
    await connect(id, { version: 1, settings: azure, credential });
    expect(await connect(id, { version: 2, settings: { ...azure, topic: 'returns' } })).toMatchObject({ status: 200 });
    const moved = { ...azure, namespaceUrl: 'https://other.westeurope-1.eventgrid.azure.net' };
    expect(await connect(id, { version: 3, settings: moved })).toMatchObject({
      ...{ status: 422, body: { errors: [{ path: 'credential' }] } },
    });
    const renewed = await connect(id, { version: 3, settings: moved, credential: 'another key of more than twenty' });
    expect(renewed).toMatchObject({ status: 200, body: { credential: { hint: 'enty' } } });
    const live = await rest.database.sql.query<{ hint: string }>(
      'SELECT hint FROM source_secrets WHERE tenant_id = ? AND revoked_at IS NULL',
      [idToBytes(rest.pipeline.tenant.id)],
    );
    expect(live).toEqual([{ hint: 'enty' }]);
  });

  test.each([
    ['of the hub’s own network', { namespaceUrl: 'https://169.254.169.254' }, 422, 'settings.namespaceUrl'],
    ['of somebody else', { namespaceUrl: 'https://eventgrid.azure.net.evil.example' }, 422, 'settings.namespaceUrl'],
    ['without TLS', { namespaceUrl: 'http://orders.westeurope-1.eventgrid.azure.net' }, 422, 'settings.namespaceUrl'],
    ['that is none', { namespaceUrl: 'orders' }, 400, 'settings.namespaceUrl'],
    ['with a name that could be a path', { topic: '../x' }, 400, 'settings.topic'],
    ['by an identity that is not lent', { auth: { kind: 'managed_identity' } }, 422, 'settings.auth.kind'],
    ['for longer than Azure waits', { maxWaitSeconds: 300 }, 400, 'settings.maxWaitSeconds'],
  ])('is refused a namespace %s', async (_, more, status, path) => {
    const id = await makeSource();
    const answer = await connect(id, { version: 1, settings: { ...azure, ...more }, credential });
    expect(answer).toMatchObject({ status, body: { errors: [{ path }] } });
    expect(await statusOf(id)).toMatchObject({ state: 'incomplete', settings: null });
  });

  test('is not configured on top of what somebody else saved, nor where it is no such source', async () => {
    const id = await makeSource();
    await connect(id, { version: 1, settings: azure, credential });
    expect(await connect(id, { version: 1, settings: azure })).toMatchObject({
      status: 409,
      body: { currentVersion: 2 },
    });
    const webhook = rest.pipeline.source.id;
    expect(await connect(webhook, { version: 1, settings: azure, credential })).toMatchObject({ status: 422 });
    expect(await call('GET', `/sources/${webhook}/event-grid`)).toMatchObject({ status: 422 });
  });

  test('says what it lacks before it can be pulled', async () => {
    const made = await call('POST', '/sources', { name: 'bare', kind: 'EVENT_GRID' });
    const connected = await connect(String(made.body.id), { version: 1, settings: azure, credential });
    expect(connected.body).toMatchObject({ state: 'incomplete', sentence: expect.stringContaining('event type') });
  });
});
