import { fakeClock } from '@nexomatic/clock';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';
import { createSweep, graceMs } from './sweep-with-grace.ts';

const hub = await openTestHub({ databaseUrl: (await testDatabase()).url, redisUrl: await testRedis() });
afterAll(() => hub.close());

/** A running event whose lease ran out, and with `overtime` its run time as well. */
async function overdue(name: string, { overtime = false } = {}) {
  const { eventId } = await hub.claim(await hub.fire(await hub.addEventType(name)));
  await hub.services.sql.run(
    `UPDATE events SET lease_until = NOW(3) - INTERVAL 1 SECOND, due_at = NOW(3) - INTERVAL 1 SECOND
       ${overtime ? ', run_until = NOW(3) - INTERVAL 1 SECOND' : ''} WHERE tenant_id = ? AND id = ?`,
    [idToBytes(hub.tenantId), idToBytes(eventId)],
  );
  return eventId;
}

describe('a hub that begins', () => {
  it('takes nobody for lost until sinks had time to renew their leases with it', async () => {
    const clock = fakeClock();
    const sweep = createSweep({ ...hub.services, clock });
    const eventId = await overdue('spared');
    await sweep();
    expect((await hub.event(eventId)).state).toBe('RUNNING');
    expect(await hub.services.renewLeases(hub.sink, [{ eventId, attempt: 1 }])).toEqual(['renewed']);
    clock.advance(graceMs);
    await sweep();
    expect((await hub.event(eventId)).state).toBe('RUNNING');
  });

  it('does so afterwards', async () => {
    const clock = fakeClock();
    const sweep = createSweep({ ...hub.services, clock });
    const eventId = await overdue('lost');
    clock.advance(graceMs);
    await sweep();
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'sink_lost' });
  });

  it('ends what ran too long all the same', async () => {
    const sweep = createSweep({ ...hub.services, clock: fakeClock() });
    const eventId = await overdue('overtime', { overtime: true });
    await sweep();
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'timeout' });
  });
});

describe('a hub that could not reach its database', () => {
  it('gives the same time once it can', async () => {
    const clock = fakeClock();
    let away = false;
    const services = {
      ...hub.services,
      clock,
      sql: {
        ...hub.services.sql,
        transaction: ((work) =>
          away
            ? Promise.reject(new Error('connection lost'))
            : hub.services.sql.transaction(work)) as typeof hub.services.sql.transaction,
      },
    };
    const sweep = createSweep(services);
    clock.advance(graceMs);
    away = true;
    await expect(sweep()).rejects.toThrow('connection lost');
    away = false;
    const eventId = await overdue('spared-again');
    await sweep();
    expect((await hub.event(eventId)).state).toBe('RUNNING');
  });
});
