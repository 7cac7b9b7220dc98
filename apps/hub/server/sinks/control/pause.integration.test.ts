import { queuePrefix, typeQueueName } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemActor } from '../../auth/actor.ts';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { noteHeartbeat } from '../note-heartbeat.ts';
import { setPaused } from './set-paused.ts';
import { done, openSignalHub, received } from './testing/open-signal-hub.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
let hub: Awaited<ReturnType<typeof openSignalHub>>;
beforeEach(async () => {
  hub = await openSignalHub(urls);
});
afterEach(() => hub.close());

describe('a sink that is paused', () => {
  const waiting = () => hub.services.redis.llen(`${queuePrefix(hub.tenantId)}:${typeQueueName('TEST')}:wait`);
  const take = (waitMs = 300) =>
    hub.services.gateway.take(
      hub.sink,
      { session: crypto.randomUUID(), slotsFree: 4, waitMs },
      new AbortController().signal,
    );

  it('is given no work, and what waits for it stays on the queue until it is resumed', async () => {
    await noteHeartbeat(hub.services, hub.sink, { slotsBusy: 0, stopping: false });
    await hub.send('pause');
    expect(await hub.shown()).toMatchObject({ status: 'PAUSED', pausedAt: expect.any(String) });
    const eventId = await hub.fire(await hub.addEventType('held'));
    await waitFor(async () => (await waiting()) === 1, { what: 'the ticket to be on the queue' });
    expect(await take()).toEqual([]);
    expect(await hub.services.claimAttempts(hub.sink, [{ eventId, attempt: 1 }])).toEqual([
      { outcome: 'paused', eventId, attempt: 1 },
    ]);
    expect(await waiting()).toBe(1);
    await hub.send('resume');
    expect(await hub.shown()).toMatchObject({ status: 'ONLINE', pausedAt: null });
    expect(await take(10_000)).toMatchObject([{ outcome: 'claimed', eventId }]);
  });

  it('has its open call ended, on whatever hub that waits', async () => {
    const other = await openTestHub(urls);
    const input = { session: crypto.randomUUID(), slotsFree: 4, waitMs: 25_000 };
    const ended = other.services.gateway.take(hub.sink, input, new AbortController().signal);
    const open = { yet: true };
    const answer = ended.finally(() => {
      open.yet = false;
    });
    // Said again until the call is among those that are open.
    await waitFor(
      async () => {
        await hub.send('pause');
        await hub.send('resume');
        return !open.yet;
      },
      { what: 'the call to end', timeoutMs: 20_000 },
    );
    expect(await answer).toEqual([]);
    await other.close();
  });

  it('learns it when it starts, and is shown so whether it is there or not', async () => {
    expect((await hub.hello()).paused).toBe(false);
    await hub.send('pause');
    expect((await hub.hello()).paused).toBe(true);
    expect((await hub.shown()).status).toBe('PAUSED');
    await hub.send('resume');
    expect((await hub.hello()).paused).toBe(false);
  });

  it('and is told to drain is shown as DRAINING, then as PAUSED', async () => {
    await hub.hello();
    await hub.send('pause');
    const { id } = await hub.send('drain');
    await hub.say(received(id));
    expect((await hub.shown()).status).toBe('DRAINING');
    await hub.hello(true);
    expect((await hub.shown()).status).toBe('DRAINING');
    await hub.say(done(id));
    expect((await hub.shown()).status).toBe('PAUSED');
  });

  it('on its machine is paused for everybody, and that stands among its signals', async () => {
    await hub.hello();
    await setPaused(hub.services, hub.sink, systemActor, true);
    await setPaused(hub.services, hub.sink, systemActor, true);
    expect((await hub.shown()).status).toBe('PAUSED');
    expect(await hub.list()).toEqual([['pause', 'done', 'done']]);
    await setPaused(hub.services, hub.sink, systemActor, false);
    expect((await hub.shown()).status).toBe('ONLINE');
  });
});
