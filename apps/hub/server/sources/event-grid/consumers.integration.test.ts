import { idToBytes } from '@nexomatic/contracts/id';
import { Tenant } from '@nexomatic/db/entities/tenant';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { describe, expect, it } from 'vitest';
import { cloudEvent } from './testing/open-event-grid.ts';
import { eventGridTests } from './testing/set-up-grid.ts';

const { hub, setUp } = await eventGridTests();
type Grid = Awaited<ReturnType<typeof setUp>>;

const lease = (grid: Grid, owner: string, seconds: number) =>
  hub.services.sql.run(
    'UPDATE event_grid_consumers SET owner = ?, lease_until = NOW(3) + INTERVAL ? SECOND WHERE source_id = ?',
    [owner, seconds, idToBytes(grid.sourceId)],
  );
const nobodyWaits = (grid: Grid) => waitFor(() => grid.namespace.waiting() === 0, { what: 'the hub to stop waiting' });

describe('over several hubs', () => {
  it('one consumer pulls, and when its hub ends, another goes on at once', async () => {
    const grid = await setUp();
    const hubs = [grid.startHub(), grid.startHub(), grid.startHub()];
    for (let n = 0; n < 5; n++) {
      await grid.receiving();
      grid.namespace.queue.publish(cloudEvent(String(n)));
      await grid.settled();
      expect(grid.namespace.waiting()).toBeLessThanOrEqual(1);
    }
    const first = (await grid.facts()).owner;
    expect(first).toEqual(expect.any(String));
    for (const each of hubs) {
      await each.stop();
      if (each === hubs.at(-1)) break;
      await grid.receiving();
    }
    expect((await grid.facts()).owner).toBeNull();
    expect(grid.namespace.waiting()).toBe(0);
    expect((await grid.fired()).length).toBe(5);
  });

  it('one that was cut off keeps its lease to its end, and not longer', async () => {
    const grid = await setUp();
    const begin = hub.services.clock.monotonic();
    await lease(grid, 'a hub without power', 1);
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub();
    await grid.settled();
    expect(hub.services.clock.monotonic() - begin).toBeGreaterThan(900);
    expect((await grid.facts()).owner).not.toBe('a hub without power');
  });

  it('a hub whose lease another one holds lets go of the source, and writes nothing more of it', async () => {
    const grid = await setUp();
    grid.startHub();
    await grid.receiving();
    await lease(grid, 'another hub', 60);
    await nobodyWaits(grid);
    expect(await grid.facts()).toMatchObject({ owner: 'another hub' });
  });

  it('a hub that can not renew its lease stops before another may begin', async () => {
    const grid = await setUp();
    const { sql } = hub.services;
    grid.startHub({ leaseSeconds: 4 });
    await grid.receiving();
    const { promise: held, resolve: letGo } = Promise.withResolvers<void>();
    // The row is locked: renewing has to wait, and the lease ends in the meantime.
    const locked = sql.transaction(async (tx) => {
      await tx.query('SELECT owner FROM event_grid_consumers WHERE source_id = ? FOR UPDATE', [
        idToBytes(grid.sourceId),
      ]);
      await held;
    });
    await nobodyWaits(grid);
    const [row] = await sql.query<{ standing: number }>(
      'SELECT lease_until > NOW(3) AS standing FROM event_grid_consumers WHERE source_id = ?',
      [idToBytes(grid.sourceId)],
    );
    expect(row?.standing).toBe(1);
    letGo();
    await locked;
    await grid.receiving();
  });
});

describe('a source', () => {
  it('is not pulled while it is paused, and goes on where it was', async () => {
    const grid = await setUp();
    grid.startHub();
    await grid.receiving();
    await grid.change({ enabled: false });
    await nobodyWaits(grid);
    await waitFor(async () => (await grid.facts()).owner === null, { what: 'the lease to be given back' });
    grid.namespace.queue.publish(cloudEvent('1'));
    await grid.change({ enabled: true });
    await grid.settled();
    expect(await grid.fired()).toEqual([cloudEvent('1')]);
  });

  it('is pulled by its new settings as soon as they are saved', async () => {
    const [old, next] = [await setUp(), await setUp()];
    old.startHub();
    await old.receiving();
    const settings = { namespaceUrl: old.namespace.url, topic: 'elsewhere', subscription: 'nexomatic' };
    await old.change({ settings: JSON.stringify({ ...settings, auth: { kind: 'access_key' } }) });
    expect(await old.poll('failed')).toMatchObject({
      detail: expect.stringContaining('no such topic or subscription'),
    });
    await next.receiving();
  });

  it('is left alone when nobody says what it fires, and when its tenant is suspended', async () => {
    const grid = await setUp();
    await grid.change({ eventTypeId: null });
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub();
    const other = await setUp();
    await other.receiving();
    expect(grid.namespace.calls).toEqual([]);
    const tenants = hub.services.db.systemEm();
    await tenants.nativeUpdate(Tenant, { id: hub.tenantId }, { suspendedAt: new Date(hub.services.clock.now()) });
    await nobodyWaits(other);
    await tenants.nativeUpdate(Tenant, { id: hub.tenantId }, { suspendedAt: null });
    await other.receiving();
  });

  it('is tried again after a while when Azure refuses, says why, and is well again after a poll that goes well', async () => {
    const grid = await setUp();
    grid.namespace.fail('receive', 401);
    grid.namespace.fail('receive', 503);
    grid.namespace.queue.publish(cloudEvent('1'));
    grid.startHub();
    const failing = await waitFor(async () => ((await grid.facts()).failures === 2 ? grid.facts() : null), {
      what: 'two failures',
    });
    expect(failing.nextPollAt).not.toBeNull();
    expect(failing.polls.map(({ detail }) => detail)).toEqual([
      expect.stringContaining('503'),
      expect.stringContaining('Azure does not accept the credential (401)'),
    ]);
    await grid.settled();
    await grid.poll('taken');
    expect(await grid.facts()).toMatchObject({ failures: 0, nextPollAt: null, lastError: { at: expect.any(Date) } });
  });

  it('whose namespace is where the installation does not allow, is not called', async () => {
    const grid = await setUp();
    const settings = { namespaceUrl: 'https://169.254.169.254', topic: 'orders', subscription: 'nexomatic' };
    await grid.change({ settings: JSON.stringify({ ...settings, auth: { kind: 'access_key' } }) });
    grid.startHub();
    expect(await grid.poll('failed')).toMatchObject({ detail: expect.stringContaining('not a namespace of Azure') });
    expect(grid.namespace.calls).toEqual([]);
  });

  it('remembers its last 50 polls, and how old events were', async () => {
    const grid = await setUp();
    const old = new Date(hub.services.clock.now() - 90_000).toISOString();
    grid.startHub();
    for (let n = 0; n < 55; n++) {
      grid.namespace.queue.publish(cloudEvent(String(n), '{"n":1}', `,"time":"${old}"`));
      await grid.settled();
    }
    const facts = await waitFor(async () => ((await grid.facts()).totals.accepted === 55 ? grid.facts() : null), {
      what: 'the last poll to be written',
    });
    expect(facts.polls.length).toBe(50);
    expect(facts.lagMs).toBeGreaterThanOrEqual(90_000);
    expect(facts.polls.map(({ startedAt }) => startedAt)).toEqual(
      facts.polls
        .map(({ startedAt }) => startedAt)
        .sort()
        .reverse(),
    );
  });

  it('is settled with what came before its hub stops', async () => {
    const grid = await setUp();
    const loop = grid.startHub();
    await grid.receiving();
    grid.namespace.queue.publish(...Array.from({ length: 20 }, (_, n) => cloudEvent(String(n))));
    await waitFor(async () => (await grid.fired()).length > 0, { what: 'the first event', everyMs: 1 });
    await loop.stop();
    expect(grid.namespace.queue.left()).toEqual([]);
    expect((await grid.fired()).length).toBe(20);
    expect(await grid.facts()).toMatchObject({ owner: null, inFlight: 0 });
  });
});
