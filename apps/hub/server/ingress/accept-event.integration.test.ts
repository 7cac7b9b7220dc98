import { createHash } from 'node:crypto';
import { idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
afterAll(() => hub.close());
const keyOf = (text: string): Buffer => createHash('sha256').update(text).digest();

async function sourceId() {
  const id = newId('source');
  await hub.services.sql.run(
    `INSERT INTO sources (tenant_id, id, name, kind, enabled, created_at) VALUES (?, ?, ?, 'CUSTOM', 1, NOW(3))`,
    [idToBytes(hub.tenantId), idToBytes(id), id.slice(4)],
  );
  return id;
}

async function count(table: 'receipts' | 'events' | 'event_payloads' | 'outbox'): Promise<number> {
  const [row] = await hub.services.sql.query<{ n: number }>(`SELECT COUNT(*) AS n FROM ${table} WHERE tenant_id = ?`, [
    idToBytes(hub.tenantId),
  ]);
  return Number(row?.n);
}

describe('accepting an event', () => {
  it('keeps receipt, event and payload byte for byte, and leaves no outbox row once the ticket is in Redis', async () => {
    const eventTypeId = await hub.addEventType('bytes');
    const body = Uint8Array.from([0x7b, 0x00, 0xff, 0xfe, 0x7d]);
    const outcome = await hub.accept({ eventTypeId, body });
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    const rows = await hub.services.sql.query<{ body: Buffer; body_sha256: Buffer; state: string }>(
      `SELECT p.body, r.body_sha256, e.state FROM events e
         JOIN event_payloads p ON p.tenant_id = e.tenant_id AND p.event_id = e.id
         JOIN receipts r ON r.tenant_id = e.tenant_id AND r.id = e.receipt_id
       WHERE e.tenant_id = ? AND e.id = ?`,
      [idToBytes(hub.tenantId), idToBytes(outcome.eventId)],
    );
    expect(rows).toEqual([
      { body: Buffer.from(body), body_sha256: createHash('sha256').update(body).digest(), state: 'QUEUED' },
    ]);
    await expect.poll(() => count('outbox')).toBe(0);
  });

  it('makes one event of a hundred requests at once with the same dedupe key, and names it to all of them', async () => {
    const eventTypeId = await hub.addEventType('dedupe');
    const source = await sourceId();
    const before = await count('events');
    const outcomes = await Promise.all(
      Array.from({ length: 100 }, () => hub.accept({ eventTypeId, sourceId: source, dedupeKey: keyOf('delivery-1') })),
    );
    expect(await count('events')).toBe(before + 1);
    expect(outcomes.filter(({ kind }) => kind === 'accepted')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'duplicate')).toHaveLength(99);
    const ids = new Set(outcomes.map((outcome) => ('eventId' in outcome ? outcome.eventId : 'none')));
    expect(ids.size).toBe(1);
  });

  it('takes a request that is sent again with the same receipt id for what it is', async () => {
    const eventTypeId = await hub.addEventType('resent');
    const receiptId = newId('receipt');
    const first = await hub.accept({ eventTypeId, receiptId });
    const second = await hub.accept({ eventTypeId, receiptId });
    if (first.kind !== 'accepted') throw new Error(first.kind);
    expect(second).toEqual({ kind: 'duplicate', eventId: first.eventId, receiptId });
  });

  it('keeps the same dedupe key of two sources apart', async () => {
    const eventTypeId = await hub.addEventType('two-sources');
    const dedupeKey = keyOf('same');
    const outcomes = await Promise.all([
      hub.accept({ eventTypeId, sourceId: await sourceId(), dedupeKey }),
      hub.accept({ eventTypeId, sourceId: await sourceId(), dedupeKey }),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['accepted', 'accepted']);
  });

  it('refuses a known idempotency key with another body and answers the same event for the same body', async () => {
    const eventTypeId = await hub.addEventType('idempotent');
    const request = { eventTypeId, sourceId: await sourceId(), dedupeKey: keyOf('key'), rejectOtherBody: true };
    const first = await hub.accept({ ...request, body: Buffer.from('{"n":1}') });
    if (first.kind !== 'accepted') throw new Error(first.kind);
    const again = await hub.accept({ ...request, body: Buffer.from('{"n":1}') });
    const other = await hub.accept({ ...request, body: Buffer.from('{"n":2}') });
    expect(again).toEqual({ kind: 'duplicate', eventId: first.eventId, receiptId: first.receiptId });
    expect(other).toEqual({ kind: 'idempotency_conflict', eventId: first.eventId });
  });

  it('says so when the event type is disabled, deleted or of another tenant, and writes nothing', async () => {
    const disabled = await hub.addEventType('disabled', { enabled: false });
    const before = await count('receipts');
    expect(await hub.accept({ eventTypeId: disabled })).toEqual({ kind: 'event_type_disabled' });
    expect(await hub.accept({ eventTypeId: newId('eventType') })).toEqual({ kind: 'event_type_not_found' });
    const foreign = await hub.addEventType('foreign');
    expect(await hub.accept({ eventTypeId: foreign, tenantId: newId('tenant') })).toEqual({
      kind: 'event_type_not_found',
    });
    expect(await count('receipts')).toBe(before);
  });

  it('fails one bad request alone, not those that share its transaction', async () => {
    const eventTypeId = await hub.addEventType('bad-neighbour');
    const results = await Promise.allSettled([
      hub.accept({ eventTypeId }),
      // A date that DATETIME can't hold: only the database refuses it.
      hub.accept({ eventTypeId, receivedAt: Date.UTC(12_000, 0) }),
      hub.accept({ eventTypeId }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
