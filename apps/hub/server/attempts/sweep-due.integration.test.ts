import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { sweepDue } from './sweep-due.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
afterAll(() => hub.close());

/** Moves the deadlines of an event into the past: the database's clock can't be set. */
const age = (eventId: string, columns: string) =>
  hub.services.sql.run(
    `UPDATE events SET ${columns
      .split(' ')
      .map((column) => `${column} = NOW(3) - INTERVAL 1 SECOND`)
      .join(', ')} WHERE tenant_id = ? AND id = ?`,
    [idToBytes(hub.tenantId), idToBytes(eventId)],
  );

const attempts = (eventId: string) =>
  hub.services.sql.query<{ number: number; state: string; reason: string | null }>(
    'SELECT number, state, reason FROM attempts WHERE tenant_id = ? AND event_id = ? ORDER BY number',
    [idToBytes(hub.tenantId), idToBytes(eventId)],
  );

describe('sweeping what is due', () => {
  it('ends an event whose sink stopped renewing, unless its type is safe to run again', async () => {
    const { eventId } = await hub.claim(await hub.fire(await hub.addEventType('lost')));
    await age(eventId, 'lease_until due_at');
    await sweepDue(hub.services);
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'sink_lost', attempt: 1 });
    expect(await attempts(eventId)).toEqual([{ number: 1, state: 'LOST', reason: 'sink_lost' }]);
  });

  it('queues it again where that is safe, twice at most, and each time under a new attempt number', async () => {
    const eventId = await hub.fire(await hub.addEventType('safe', { rerunWhenLost: true }));
    for (const attempt of [1, 2, 3]) {
      await hub.claim(eventId, attempt);
      await age(eventId, 'lease_until due_at');
      await sweepDue(hub.services);
    }
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'sink_lost', attempt: 3, stalls: 2 });
    expect((await attempts(eventId)).map(({ state }) => state)).toEqual(['LOST', 'LOST', 'LOST']);
  });

  it('leaves alone what is renewed in time, and renews nothing that is not the sink’s own', async () => {
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('renewed')));
    const stranger = await hub.addSink('not-the-holder');
    expect(await hub.services.renewLeases(hub.sink, [ticket])).toEqual(['renewed']);
    expect(await hub.services.renewLeases(hub.sink, [ticket, { ...ticket, attempt: 2 }])).toEqual(['renewed', 'lost']);
    expect(await hub.services.renewLeases(stranger, [ticket])).toEqual(['lost']);
    await sweepDue(hub.services);
    expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'RUNNING' });
  });

  it('ends an attempt that ran past its time though its lease is renewed', async () => {
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('endless')));
    await age(ticket.eventId, 'run_until due_at');
    expect(await hub.services.renewLeases(hub.sink, [ticket])).toEqual(['lost']);
    await sweepDue(hub.services);
    expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'ERROR', reason: 'timeout' });
  });

  it('ends an event that nobody claimed within its queue time', async () => {
    const eventId = await hub.fire(await hub.addEventType('unclaimed'));
    await age(eventId, 'expires_at due_at');
    await sweepDue(hub.services);
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'expired', attempt: 0 });
  });

  it('gives a waiting event its ticket back when Redis has lost it', async () => {
    const eventId = await hub.fire(await hub.addEventType('patrolled'));
    await hub.services.relay.idle();
    await hub.services.redis.del(...(await hub.services.redis.keys(`*${hub.tenantId}*`)));
    await age(eventId, 'due_at');
    await sweepDue(hub.services);
    const worker = hub.runSink();
    await expect.poll(async () => (await hub.event(eventId)).state).toBe('SUCCESS');
    await worker.close();
  });
});
