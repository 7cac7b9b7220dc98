import { createHash, randomBytes } from 'node:crypto';
import { type Id, idToBytes, idToUuid, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { sql } = hub.services;
const tenant = idToBytes(hub.tenantId);
const keyOf = (text: string): Buffer => createHash('sha256').update(text).digest();
const dayMs = 24 * 3_600_000;

async function sourceId() {
  const id = newId('source');
  await sql.run(
    `INSERT INTO sources (tenant_id, id, name, kind, enabled, created_at) VALUES (?, ?, ?, 'CUSTOM', 1, NOW(3))`,
    [tenant, idToBytes(id), id.slice(4)],
  );
  return id;
}

async function receipt(id: Id<'receipt'>) {
  const [row] = await sql.query<{
    outcome: string;
    duplicates: number;
    dedupe_key: Buffer | null;
    kept: Buffer | null;
  }>(
    `SELECT r.outcome, r.duplicates, r.dedupe_key, b.body AS kept FROM receipts r
       LEFT JOIN receipt_bodies b ON b.tenant_id = r.tenant_id AND b.receipt_id = r.id WHERE r.tenant_id = ? AND r.id = ?`,
    [tenant, idToBytes(id)],
  );
  return row;
}

const eventsOf = async (id: Id<'receipt'>) =>
  sql.query<{ id: Buffer; type: string; body: Buffer }>(
    `SELECT e.id, t.name AS type, p.body FROM events e JOIN event_types t ON t.tenant_id = e.tenant_id AND t.id = e.event_type_id
       JOIN event_payloads p ON p.tenant_id = e.tenant_id AND p.event_id = e.id
     WHERE e.tenant_id = ? AND e.receipt_id = ? ORDER BY e.id`,
    [tenant, idToBytes(id)],
  );

const request = (more: object = {}) => ({
  tenantId: hub.tenantId,
  sourceId: null,
  receiptId: newId('receipt'),
  body: Buffer.from('{"a":1}'),
  contentType: 'application/json',
  remoteAddress: '127.0.0.1',
  headers: [],
  receivedAt: hub.services.clock.now(),
  ...more,
});

describe('a request that fires several event types', () => {
  it('becomes one receipt with an event of each, named by the receipt in their order', async () => {
    const types = [
      await hub.addEventType('several-a'),
      await hub.addEventType('several-b'),
      await hub.addEventType('c'),
    ];
    const [eventTypeId, ...alsoEventTypeIds] = types as [Id<'eventType'>];
    const outcome = await hub.accept({ eventTypeId, alsoEventTypeIds });
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    const events = await eventsOf(outcome.receiptId);
    expect(events.map(({ type }) => type)).toEqual(['several-a', 'several-b', 'c']);
    expect(outcome.eventIds).toHaveLength(3);
    expect(outcome.eventIds[0]).toBe(outcome.eventId);
    await expect
      .poll(async () => (await sql.query('SELECT 1 FROM outbox WHERE tenant_id = ?', [tenant])).length)
      .toBe(0);
  });

  it('fires nothing at all where one of them can not be fired', async () => {
    const eventTypeId = await hub.addEventType('may');
    const alsoEventTypeIds = [await hub.addEventType('may-not', { enabled: false })];
    const receiptId = newId('receipt');
    expect(await hub.accept({ eventTypeId, alsoEventTypeIds, receiptId })).toEqual({ kind: 'event_type_disabled' });
    expect([await receipt(receiptId), await eventsOf(receiptId)]).toEqual([undefined, []]);
  });

  it('is a duplicate as a whole when it comes again', async () => {
    const eventTypeId = await hub.addEventType('twice-a');
    const alsoEventTypeIds = [await hub.addEventType('twice-b')];
    const input = { eventTypeId, alsoEventTypeIds, sourceId: await sourceId(), dedupeKey: keyOf('twice') };
    const [first, second] = await Promise.all([hub.accept(input), hub.accept(input)]);
    if (first.kind !== 'accepted') throw new Error(first.kind);
    expect(second).toEqual({ kind: 'duplicate', eventId: first.eventId, receiptId: first.receiptId });
    expect(await eventsOf(first.receiptId)).toHaveLength(2);
  });
});

describe('a delivery id', () => {
  it('is free again after its time, to the millisecond, and the earlier receipt loses it', async () => {
    const eventTypeId = await hub.addEventType('window');
    const receivedAt = hub.services.clock.now();
    const input = { eventTypeId, sourceId: await sourceId(), dedupeKey: keyOf('window'), dedupeDays: 7 };
    const first = await hub.accept({ ...input, receivedAt });
    if (first.kind !== 'accepted') throw new Error(first.kind);
    expect((await hub.accept({ ...input, receivedAt: receivedAt + 7 * dayMs })).kind).toBe('duplicate');

    const later = await Promise.all(
      [1, 2, 3].map((ms) => hub.accept({ ...input, receivedAt: receivedAt + 7 * dayMs + ms })),
    );
    expect(later.map(({ kind }) => kind).toSorted()).toEqual(['accepted', 'duplicate', 'duplicate']);
    const second = later.find(({ kind }) => kind === 'accepted');
    expect(await receipt(first.receiptId)).toMatchObject({ dedupe_key: null, duplicates: 1 });
    expect(second?.kind === 'accepted' && (await receipt(second.receiptId))).toMatchObject({
      dedupe_key: input.dedupeKey,
      duplicates: 2,
    });
  });

  it('of an older request that comes late makes it a duplicate of the later one', async () => {
    const eventTypeId = await hub.addEventType('held');
    const receivedAt = hub.services.clock.now();
    const input = { eventTypeId, sourceId: await sourceId(), dedupeKey: keyOf('held'), dedupeDays: 1 };
    expect((await hub.accept({ ...input, receivedAt })).kind).toBe('accepted');
    expect((await hub.accept({ ...input, receivedAt: receivedAt - 3 * dayMs })).kind).toBe('duplicate');
  });
});

describe('a request that fires nothing', () => {
  it('is kept with up to 64 KiB of its body, and is a duplicate only of itself', async () => {
    const body = randomBytes(70_000);
    const input = { ...request({ body }), detail: 'No route matches.' };
    const [first, again] = await Promise.all([hub.services.keepFiltered(input), hub.services.keepFiltered(input)]);
    expect([first, again]).toEqual([
      { kind: 'filtered', receiptId: input.receiptId },
      { kind: 'duplicate', receiptId: input.receiptId, eventId: null },
    ]);
    expect((await hub.services.keepFiltered(input)).kind).toBe('duplicate');
    expect(await receipt(input.receiptId)).toEqual({
      outcome: 'filtered',
      duplicates: 2,
      dedupe_key: null,
      kept: body.subarray(0, 65_536),
    });
  });

  it('shares its transaction with others that do', async () => {
    const eventTypeId = await hub.addEventType('beside');
    const statements = sql.statements();
    const outcomes = await Promise.all([
      hub.accept({ eventTypeId }),
      hub.services.keepFiltered({ ...request(), detail: '' }),
      hub.accept({ eventTypeId }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'filtered', 'accepted']);
    // Two for the event type; then BEGIN, receipts, events, payloads, outbox, bodies, COMMIT and the relay's own.
    expect(sql.statements() - statements).toBeLessThanOrEqual(12);
  });
});

it('a request that was refused before its receiver stopped waiting, and held then, is taken when it comes again', async () => {
  const eventTypeId = await hub.addEventType('held-after-refusal');
  const source = await sourceId();
  const key = createHash('sha256').update(source).digest();
  await sql.run(`UPDATE sources SET kind = 'WEBHOOK', key_hash = ? WHERE id = ?`, [key, idToBytes(source)]);
  const receiptId = newId('receipt');
  await hub.services.recordRefusals([
    {
      ingestId: idToUuid(receiptId),
      receivedAt: hub.services.clock.now(),
      sourceKeyHash: key.toString('hex'),
      status: 409,
      code: 'event_type_disabled',
      cause: 'event_type_disabled',
      detail: '',
      contentType: 'application/json',
      remoteAddress: '',
      headers: [],
      body: Buffer.from('{"a":1}').toString('base64'),
      bodyBytes: 7,
    },
  ]);
  expect(await receipt(receiptId)).toMatchObject({ outcome: 'refused', kept: expect.any(Buffer) });
  const [first, again] = await Promise.all([1, 2].map(() => hub.accept({ eventTypeId, sourceId: source, receiptId })));
  expect([first?.kind, again?.kind]).toEqual(['accepted', 'duplicate']);
  expect(await receipt(receiptId)).toMatchObject({ outcome: 'accepted', kept: null });
  expect(await eventsOf(receiptId)).toHaveLength(1);
});

describe('bodies', () => {
  it('of the largest size, of any bytes, are stored whole although a packet of the server holds no more than 16 MiB', async () => {
    const eventTypeId = await hub.addEventType('large');
    const body = randomBytes(10 * 1024 * 1024);
    const outcomes = await Promise.all([
      hub.accept({ eventTypeId, body, alsoEventTypeIds: [await hub.addEventType('large-too')] }),
      hub.accept({ eventTypeId }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
    const [outcome] = outcomes;
    const events = outcome?.kind === 'accepted' ? await eventsOf(outcome.receiptId) : [];
    expect(events.map((event) => Buffer.compare(event.body, body))).toEqual([0, 0]);
  });

  it('of many requests at once are stored whole, however much they are together', async () => {
    const eventTypeId = await hub.addEventType('many');
    const bodies = Array.from({ length: 60 }, () => randomBytes(1024 * 1024));
    const outcomes = await Promise.all(bodies.map((body) => hub.accept({ eventTypeId, body })));
    const stored = await Promise.all(
      outcomes.map(async (outcome) =>
        outcome.kind === 'accepted' ? (await eventsOf(outcome.receiptId))[0]?.body : null,
      ),
    );
    expect(stored.map((body, i) => body && Buffer.compare(body, bodies[i] ?? Buffer.alloc(0)))).toEqual(
      bodies.map(() => 0),
    );
  });
});

it('a hundred requests of one event each cost no more than 0.4 statements an event', async () => {
  const eventTypeId = await hub.addEventType('cheap');
  await hub.accept({ eventTypeId });
  await hub.services.relay.idle();
  const before = sql.statements();
  const source = await sourceId();
  const outcomes = await Promise.all(
    Array.from({ length: 100 }, (_, i) =>
      hub.accept({ eventTypeId, sourceId: source, dedupeKey: keyOf(`cheap ${i}`), dedupeDays: 7 }),
    ),
  );
  await hub.services.relay.idle();
  expect(outcomes.every(({ kind }) => kind === 'accepted')).toBe(true);
  expect((sql.statements() - before) / 100).toBeLessThanOrEqual(0.4);
});
