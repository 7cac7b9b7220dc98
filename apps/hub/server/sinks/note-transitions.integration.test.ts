import { silentAfterMs } from '@nexomatic/contracts/sink-protocol';
import { unsteadyMs } from '@nexomatic/contracts/sink-transition-api';
import { AuditEntry } from '@nexomatic/db/entities/audit-entry';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkTransition } from '@nexomatic/db/entities/sink-transition';
import { presenceKey, presenceSinceKey } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { markLostSinks } from './mark-lost-sinks.ts';
import { noteHeartbeat } from './note-heartbeat.ts';
import { noteTransitions } from './note-transitions.ts';
import { listTransitions } from './read-transitions.ts';
import { revokeSink } from './revoke-sink.ts';

const urls = { databaseUrl: (await testDatabase()).url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const { services, tenantId, sink } = hub;
const em = () => services.db.tenantEm(tenantId);
afterAll(() => hub.close());

beforeEach(async () => {
  await services.redis.del(presenceKey(sink.sinkId), presenceSinceKey);
  const fresh = { status: 'OFFLINE', notedStatus: null, lastSeenAt: null, pausedAt: null } as const;
  await em().nativeUpdate(Sink, { id: sink.sinkId }, { ...fresh, tokenHash: Buffer.alloc(32, 7) });
  await em().nativeDelete(SinkTransition, { sinkId: sink.sinkId });
  await em().nativeDelete(AuditEntry, { objectId: sink.sinkId });
});

const beat = (stopping = false) => noteHeartbeat(services, sink, { slotsBusy: 0, stopping });
/** A look that much later. */
const note = (laterMs = 0) =>
  noteTransitions({ ...services, clock: { ...services.clock, now: () => services.clock.now() + laterMs } });
async function fallsSilent() {
  await services.redis.del(presenceKey(sink.sinkId));
  await markLostSinks({ ...services, clock: { ...services.clock, now: () => services.clock.now() + silentAfterMs } });
}
const history = async () => {
  const { transitions } = await listTransitions(services, tenantId, { sinkId: sink.sinkId, limit: 50 });
  return transitions.map(({ cause, times }) => `${cause} ${times}`);
};
const audited = async () => {
  const entries = await em().find(AuditEntry, { objectId: sink.sinkId }, { orderBy: { id: 'asc' } });
  return entries.map(({ action, actorKind }) => `${actorKind} ${action}`);
};

it('a sink that comes, falls silent and comes back has a line for each, also in the audit log, and no others', async () => {
  expect(await note()).toBe(0);
  await beat();
  await note();
  await fallsSilent();
  expect(await note()).toBe(1);
  expect(await note()).toBe(0);
  expect(await history()).toEqual(['silent 1', 'connected 1']);
  await beat();
  await note(unsteadyMs);
  expect(await history()).toEqual(['connected 1', 'silent 1', 'connected 1']);
  expect(await audited()).toEqual(['system sink.went_silent', 'system sink.connected']);
});

it('tells a stop from a silence, and a revoked sink from both', async () => {
  await beat();
  await note();
  await beat(true);
  await note();
  await fallsSilent();
  await note(unsteadyMs);
  expect(await history()).toEqual(['stopped 1', 'draining 1', 'connected 1']);
  await beat();
  await note(2 * unsteadyMs);
  await revokeSink(services, tenantId, systemActor, sink.sinkId);
  await note(4 * unsteadyMs);
  expect((await history())[0]).toBe('revoked 1');
});

it('one that comes and goes all the time is one line that counts, and is not told to the audit log each time', async () => {
  await beat();
  await note();
  for (let round = 0; round < 5; round++) {
    await fallsSilent();
    await note();
    await beat();
    await note();
  }
  expect(await history()).toEqual(['connected 6']);
  await fallsSilent();
  await note();
  expect(await history()).toEqual(['silent 1', 'connected 6']);
  expect(await audited()).toEqual(['system sink.went_silent']);
});

it('is noted once, however many hubs look at the same time', async () => {
  await beat();
  const other = await openTestHub(urls);
  try {
    const noted = await Promise.all([note(), noteTransitions(other.services), note(), noteTransitions(other.services)]);
    expect(noted.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(await history()).toEqual(['connected 1']);
  } finally {
    await other.close();
  }
});

it('a pause and what follows are told as what they are', async () => {
  await beat();
  await note();
  await em().nativeUpdate(Sink, { id: sink.sinkId }, { status: 'PAUSED' });
  await note();
  await em().nativeUpdate(Sink, { id: sink.sinkId }, { status: 'ONLINE' });
  await note(unsteadyMs + 1_000);
  expect(await history()).toEqual(['resumed 1', 'paused 1', 'connected 1']);
});
