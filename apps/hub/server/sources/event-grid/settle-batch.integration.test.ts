import { hash } from 'node:crypto';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Receipt } from '@nexomatic/db/entities/receipt';
import { ReceiptBody } from '@nexomatic/db/entities/receipt-body';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { describe, expect, it } from 'vitest';
import { cloudEvent } from './testing/open-event-grid.ts';
import { eventGridTests } from './testing/set-up-grid.ts';

const { hub, setUp } = await eventGridTests();

const schema = JSON.stringify({
  type: 'object',
  required: ['data'],
  properties: { data: { type: 'object', required: ['n'] } },
});

describe('an event of a subscription', () => {
  it('is fired with the CloudEvent as its payload, byte for byte, and then acknowledged', async () => {
    const grid = await setUp();
    const exact = cloudEvent('1', '12345678901234567890.10', ',"extension" : "\\u00e9", "empty":false');
    grid.namespace.queue.publish(exact, cloudEvent('2', 'null'));
    grid.startHub();
    await grid.settled();
    expect(await grid.fired()).toEqual([exact, cloudEvent('2', 'null')]);
    expect(grid.namespace.queue.deadLetters).toEqual([]);
    expect(await grid.poll('taken')).toMatchObject({ received: 2, accepted: 2, detail: null });
    expect(await grid.facts()).toMatchObject({ inFlight: 0, failures: 0, lastError: null, totals: { accepted: 2 } });
  });

  it('fires once however often it is delivered; the same id of another source is another event', async () => {
    const grid = await setUp();
    const elsewhere = cloudEvent('1').replace('"/orders"', '"/returns"');
    grid.namespace.queue.publish(cloudEvent('1'), cloudEvent('1', '{"n":2}'), elsewhere);
    grid.startHub();
    await grid.settled();
    expect(await grid.fired()).toEqual([cloudEvent('1'), elsewhere]);
    expect(await grid.poll('taken')).toMatchObject({ received: 3, accepted: 2, duplicates: 1 });
  });

  it('is rejected when the schema refuses it, and kept as a refused request; its neighbours are taken', async () => {
    const grid = await setUp({}, { payloadSchema: schema });
    grid.namespace.queue.publish(cloudEvent('1'), cloudEvent('2', '{"m":1}'), cloudEvent('3'));
    grid.startHub();
    await grid.settled();
    expect(await grid.fired()).toEqual([cloudEvent('1'), cloudEvent('3')]);
    expect(grid.namespace.queue.deadLetters).toEqual([cloudEvent('2', '{"m":1}')]);
    expect(await grid.poll('taken')).toMatchObject({
      accepted: 2,
      rejected: 1,
      detail: expect.stringContaining('/data'),
    });
    const em = hub.services.db.tenantEm(hub.tenantId);
    const [refused, ...more] = await em.find(Receipt, { sourceId: grid.sourceId, outcome: 'refused' });
    expect(more).toEqual([]);
    expect(refused).toMatchObject({
      cause: 'payload_invalid',
      detail: expect.stringContaining('/data'),
      eventId: null,
    });
    const kept = await em.findOneOrFail(ReceiptBody, { receiptId: refused?.id ?? newId('receipt') });
    expect(Buffer.from(kept.body).toString()).toBe(cloudEvent('2', '{"m":1}'));
  });

  it.each([
    '{"specversion":"1.0","source":"/orders","type":"x"}',
    '[1]',
    '{"id":"","source":"/orders"}',
    '{"id":7,"source":"/a"}',
  ])('is rejected when nothing tells it apart: %s', async (json) => {
    const grid = await setUp();
    grid.namespace.queue.publish(json);
    grid.startHub();
    await grid.settled();
    expect(grid.namespace.queue.deadLetters).toEqual([json]);
    expect(await grid.fired()).toEqual([]);
  });

  it('is released for a while when its event type is disabled, and taken when that is enabled', async () => {
    const grid = await setUp({ secondMs: 5 }, { enabled: false });
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub();
    const poll = await grid.poll('held_back');
    expect(poll).toMatchObject({ released: 1, detail: 'The event type that it fires is disabled.' });
    expect(await grid.fired()).toEqual([]);
    const em = hub.services.db.tenantEm(hub.tenantId);
    await em.nativeUpdate(EventType, { id: grid.eventTypeId }, { disabledAt: null, enabled: true });
    hub.services.definitions.forgetAll();
    await grid.settled();
    expect(await grid.fired()).toEqual([cloudEvent('1')]);
    const delays = grid.namespace.calls
      .filter(({ verb }) => verb === 'release')
      .map(({ releaseDelay }) => releaseDelay);
    expect(delays[0]).toBe('10');
    expect(grid.namespace.queue.deadLetters).toEqual([]);
  });

  it('that only another kind of source may fire is held back, not lost', async () => {
    const grid = await setUp({}, { sourceKind: 'WEBHOOK' });
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub();
    expect(await grid.poll('held_back')).toMatchObject({ detail: expect.stringContaining('WEBHOOK sources alone') });
    expect(grid.namespace.queue.left()).toEqual([cloudEvent('1')]);
  });

  it('is fired once when Azure could not be told and gives it out again', async () => {
    const grid = await setUp({ lockMs: 300 });
    grid.namespace.fail('acknowledge', 503, 4);
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub();
    expect(await grid.poll('unsettled')).toMatchObject({ accepted: 1, detail: expect.stringContaining('503') });
    await grid.settled();
    expect(await grid.poll('taken')).toMatchObject({ accepted: 0, duplicates: 1 });
    expect(await grid.fired()).toEqual([cloudEvent('1')]);
  });

  it('stays locked, by renewal, for as long as the database lets it wait', async () => {
    const grid = await setUp({ lockMs: 400 });
    const { sql } = hub.services;
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    // A receipt of the same delivery that is not committed: the consumer's own has to wait for what becomes of it.
    const dedupeKey = hash('sha256', JSON.stringify(['cloud_event', '/orders', '1']), 'buffer');
    const blocking = new Promise<void>((resolve) => {
      void sql
        .transaction(async (tx) => {
          await tx.run(
            `INSERT INTO receipts (tenant_id, id, source_id, outcome, dedupe_key, body_sha256, body_bytes, content_type,
               remote_address, headers, received_at) VALUES (?, ?, ?, 'accepted', ?, ?, 0, '', '', '', NOW(3))`,
            [...[hub.tenantId, newId('receipt'), grid.sourceId].map(idToBytes), ...[dedupeKey, dedupeKey]],
          );
          resolve();
          await held;
          throw new Error('rolled back');
        })
        .catch(() => undefined);
    });
    await blocking;
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub({ renewEveryMs: 100 });
    const renewals = () => grid.namespace.calls.filter(({ verb }) => verb === 'renewLock').length;
    await waitFor(() => renewals() >= 6, { what: 'renewals over more than the time of a lock' });
    expect(await grid.facts()).toMatchObject({ inFlight: 1 });
    letGo();
    await grid.settled();
    expect(await grid.poll('taken')).toMatchObject({ received: 1, accepted: 1 });
    expect(await grid.fired()).toEqual([cloudEvent('1')]);
    const before = renewals();
    await grid.receiving();
    expect(renewals()).toBe(before);
  });
});
