import type { Heartbeat } from '@nexomatic/contracts/sink-protocol';
import { silentAfterMs } from '@nexomatic/contracts/sink-protocol';
import { Sink } from '@nexomatic/db/entities/sink';
import { presenceKey, presenceSinceKey } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { SinkIdentity } from '../services.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { markLostSinks } from './mark-lost-sinks.ts';
import { noteHeartbeat } from './note-heartbeat.ts';
import { getSink } from './read-sinks.ts';

const hub = await openTestHub({ databaseUrl: (await testDatabase()).url, redisUrl: await testRedis() });
const { services } = hub;
afterAll(() => hub.close());

const beat = (given: Partial<Heartbeat> = {}, sink: SinkIdentity = hub.sink) =>
  noteHeartbeat(services, sink, { slotsBusy: 0, stopping: false, ...given });
const show = (sink: SinkIdentity = hub.sink) => getSink(services, hub.tenantId, sink.sinkId);
/** As a hub sees it that much later. */
const markLost = (laterMs = 0) =>
  markLostSinks({ ...services, clock: { ...services.clock, now: () => services.clock.now() + laterMs } });
const falls = (sink: SinkIdentity) => services.redis.del(presenceKey(sink.sinkId));
const setStatus = (status: 'ONLINE' | 'OFFLINE' | 'PAUSED') =>
  services.db.tenantEm(hub.tenantId).nativeUpdate(Sink, { id: hub.sink.sinkId }, { status });

beforeEach(async () => {
  await services.redis.del(presenceKey(hub.sink.sinkId), presenceSinceKey);
  await setStatus('OFFLINE');
});

describe('a sink that says it is there', () => {
  it('is ONLINE, and shown with what it said of itself', async () => {
    const at = services.clock.now() + 60_000;
    await beat({
      at,
      slotsBusy: 3,
      machine: { cpu: 0.5, memory: 0.25 },
      agent: { cpu: 0.01, memoryBytes: 80_000_000 },
      spool: { bytes: 5, full: false },
      isolation: 'namespace',
    });
    const { status, presence, lastSeenAt } = await show();
    expect({ status, presence }).toMatchObject({
      status: 'ONLINE',
      presence: {
        slotsBusy: 3,
        machine: { cpu: 0.5, memory: 0.25 },
        agent: { cpu: 0.01, memoryBytes: 80_000_000 },
        spool: { bytes: 5, full: false },
        isolation: 'namespace',
      },
    });
    expect(Math.abs((presence?.clockSkewMs ?? 0) - 60_000)).toBeLessThan(30_000);
    expect(services.clock.now() - new Date(lastSeenAt ?? 0).getTime()).toBeLessThan(30_000);
  });

  it('ends being there by itself after the threshold', async () => {
    await beat();
    const left = await services.redis.pttl(presenceKey(hub.sink.sinkId));
    expect(left).toBeGreaterThan(silentAfterMs / 2);
    expect(left).toBeLessThanOrEqual(silentAfterMs);
  });

  it('is DRAINING once it says that it stops', async () => {
    await beat();
    await beat({ stopping: true });
    expect((await show()).status).toBe('DRAINING');
  });

  it('is ONLINE again once it says that it stays after all', async () => {
    await beat();
    await beat({ stopping: true });
    await beat();
    expect((await show()).status).toBe('ONLINE');
  });

  it('writes nothing to the database while nothing changes', async () => {
    await beat();
    const before = services.sql.statements();
    await beat({ slotsBusy: 4 });
    await beat({ slotsBusy: 2 });
    expect(services.sql.statements()).toBe(before);
    expect((await show()).presence?.slotsBusy).toBe(2);
  });
});

describe('a sink that is silent', () => {
  it('is OFFLINE, and ONLINE again with its next word', async () => {
    await beat();
    await falls(hub.sink);
    expect(await markLost(silentAfterMs)).toBe(1);
    expect(await show()).toMatchObject({ status: 'OFFLINE', presence: null });
    await beat();
    expect((await show()).status).toBe('ONLINE');
  });

  it('stays as it is while it pauses', async () => {
    await beat();
    await setStatus('PAUSED');
    await falls(hub.sink);
    expect(await markLost(silentAfterMs)).toBe(0);
    expect((await show()).status).toBe('PAUSED');
  });

  it('is given the whole time once more when Redis has lost what it knew', async () => {
    await beat();
    await services.redis.del(presenceKey(hub.sink.sinkId), presenceSinceKey);
    expect(await markLost()).toBe(0);
    expect(await markLost(silentAfterMs - 1_000)).toBe(0);
    expect((await show()).status).toBe('ONLINE');
    await beat();
    expect(await markLost(silentAfterMs)).toBe(0);
  });

  it('is no longer OFFLINE when its word came while it was taken for lost', async () => {
    await beat();
    await setStatus('OFFLINE');
    expect(await markLost(silentAfterMs)).toBe(0);
    expect((await show()).status).toBe('ONLINE');
  });
});
