import { type Id, idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeSinkType } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { switchSource } from '../sources/switch-source.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { createBlackout, deleteBlackout } from './blackouts/save-blackout.ts';
import { pauseSchedule } from './pause-schedule.ts';
import { schedulerSource } from './scheduler-source.ts';
import { skipNext, unskip } from './skip-next.ts';
import { scheduleHand } from './testing/schedule-hand.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const { sql } = services;
const tenant = idToBytes(tenantId);

/** Ends the event of the latest run that has one, as its sink would. */
async function end(hand: ReturnType<typeof scheduleHand>, id: Id<'schedule'>, state: 'SUCCESS' | 'ERROR' = 'SUCCESS') {
  const event = (await hand.runs(id)).findLast((run) => run.event)?.event;
  if (!event) throw new Error('no run has an event');
  await hub.report(await hub.claim(event.id), state, state === 'ERROR' ? { reason: 'exception' } : {});
}

async function tickAt(hand: ReturnType<typeof scheduleHand>, ...minutes: number[]): Promise<void> {
  for (const minute of minutes) {
    hand.goTo(minute + 0.01);
    await hand.tick();
  }
}

describe('a run while an event of the one before is not finished', () => {
  test('fires all the same where overlaps are allowed', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    await tickAt(hand, 1, 2);
    expect(await hand.story(id)).toEqual(['1 fired tick', '2 fired tick']);
  });

  test('is skipped where the rule is skip, and the next one fires once it is finished', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ overlap: 'skip' });
    await tickAt(hand, 1, 2);
    await end(hand, id);
    await tickAt(hand, 3);
    expect(await hand.story(id)).toEqual(['1 fired tick', '2 skipped overlap tick', '3 fired tick']);
  });

  test('waits where the rule is to queue one, and fires as soon as that one is finished; further ones are skipped', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ overlap: 'queue_one' });
    await tickAt(hand, 1, 2, 3);
    expect(await hand.story(id)).toEqual(['1 fired tick', '2 waiting tick', '3 skipped overlap tick']);
    expect(await hand.read(id)).toMatchObject({ waitingDueAt: hand.at(2).toISOString() });
    await end(hand, id);
    await tickAt(hand, 3.2);
    expect(await hand.story(id)).toEqual(['1 fired tick', '2 fired tick', '3 skipped overlap tick']);
    expect(await hand.read(id)).toMatchObject({ waitingDueAt: null, nextDueAt: hand.at(4).toISOString() });
  });

  test('cancels that event where the rule says so', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ overlap: 'cancel_running' });
    await tickAt(hand, 1);
    const [first] = await hand.runs(id);
    const ticket = await hub.claim(first?.event?.id ?? 'evt_');
    await tickAt(hand, 2);
    expect(await services.renewLeases(hub.sink, [ticket])).toEqual(['cancel']);
    await tickAt(hand, 3);
    const runs = await hand.runs(id);
    expect(runs.map(({ status }) => status)).toEqual(['fired', 'fired', 'fired']);
    expect(runs.map(({ event }) => [event?.state, event?.reason])).toEqual([
      ['RUNNING', null],
      ['ERROR', 'cancelled'],
      ['QUEUED', null],
    ]);
    expect(await hand.read(id)).toMatchObject({ failuresInRow: 0 });
  });
});

describe('runs that were due while no hub was there', () => {
  test('are let go but for the latest, which fires once', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ cron: '*/10 * * * *' });
    await tickAt(hand, 35);
    expect(await hand.story(id)).toEqual([
      ...['10 skipped missed catch_up', '20 skipped missed catch_up', '30 fired catch_up'],
    ]);
    expect(await hand.read(id)).toMatchObject({ nextDueAt: hand.at(40).toISOString() });
  });

  test('are let go for one that is on time', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ cron: '*/10 * * * *' });
    await tickAt(hand, 20.5);
    expect(await hand.story(id)).toEqual(['10 skipped missed catch_up', '20 fired tick']);
  });

  test('are all let go where the rule is skip', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ cron: '*/10 * * * *', missed: 'skip' });
    await tickAt(hand, 25, 30);
    expect(await hand.story(id)).toEqual([
      ...['10 skipped missed catch_up', '20 skipped missed catch_up', '30 fired tick'],
    ]);
  });

  test('are held within the window for somebody to decide, and let go before it', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ cron: '*/10 * * * *', missed: 'all', missedWindowMinutes: 20 });
    await tickAt(hand, 45);
    expect(await hand.story(id)).toEqual([
      ...['10 skipped missed catch_up', '20 skipped missed catch_up', '30 held catch_up', '40 held catch_up'],
    ]);
    expect(await hand.read(id)).toMatchObject({ heldCount: 2 });
  });

  test('of months are told in one row with their number, but for the latest thousand', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    await tickAt(hand, 3_000);
    const rows = await sql.query(
      `SELECT due_at, through_at, count, status, reason FROM schedule_occurrences
       WHERE tenant_id = ? AND schedule_id = ? ORDER BY due_at`,
      [tenant, idToBytes(id)],
    );
    expect(rows).toHaveLength(1_001);
    expect(rows[0]).toEqual({
      ...{ due_at: hand.at(1), through_at: hand.at(2_000), count: 2_000, status: 'skipped', reason: 'missed' },
    });
    const others = await hand.runs(id);
    expect(others.at(-1)).toMatchObject({ dueAt: hand.at(3_000).toISOString(), status: 'fired', origin: 'tick' });
  });
});

describe('a run is skipped, and says so,', () => {
  test('while the schedule is paused, until the pause ends by itself', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    const until = hand.at(2.5).toISOString();
    await pauseSchedule(hand.deps, tenantId, systemActor, { id, note: 'Moving house', until });
    await tickAt(hand, 1, 2);
    expect(await hand.read(id)).toMatchObject({ status: 'paused', pauseNote: 'Moving house' });
    await tickAt(hand, 2.5);
    expect(await hand.read(id)).toMatchObject({ status: 'on', pausedAt: null, pausedUntil: null });
    await tickAt(hand, 3);
    expect(await hand.story(id)).toEqual(['1 skipped paused tick', '2 skipped paused tick', '3 fired tick']);
    const audit = await sql.query('SELECT action, actor_kind FROM audit_entries WHERE object_id = ? ORDER BY id', [id]);
    expect(audit.at(-1)).toEqual({ action: 'schedule.resumed', actor_kind: 'system' });
  });

  test('after too many failures in a row, which pause the schedule; a success begins the count anew', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add({ pauseAfterFailures: 2 });
    for (const [minute, state] of [
      [1, 'ERROR'],
      [2, 'SUCCESS'],
      [3, 'ERROR'],
      [4, 'ERROR'],
    ] as const) {
      await tickAt(hand, minute);
      await end(hand, id, state);
    }
    await tickAt(hand, 4.2);
    expect(await hand.read(id)).toMatchObject({
      ...{ status: 'paused', failuresInRow: 2, pausedBy: null, pauseNote: '2 events in a row ended as ERROR' },
    });
    await tickAt(hand, 5);
    expect((await hand.story(id)).at(-1)).toBe('5 skipped paused tick');
  });

  test('when a person wanted the next one skipped, and only that one', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    const skip = { id, dueAt: hand.at(1).toISOString() };
    expect(await skipNext(hand.deps, tenantId, systemActor, skip)).toMatchObject({ skipDueAt: skip.dueAt });
    await tickAt(hand, 1, 2);
    expect(await hand.story(id)).toEqual(['1 skipped skipped_by_person tick', '2 fired tick']);
    expect(await hand.read(id)).toMatchObject({ skipDueAt: null });
    await expect(skipNext(hand.deps, tenantId, systemActor, skip)).rejects.toThrow('Its next run is');
    await skipNext(hand.deps, tenantId, systemActor, { id, dueAt: hand.at(3).toISOString() });
    await unskip(hand.deps, tenantId, systemActor, id);
    await tickAt(hand, 3);
    expect((await hand.story(id)).at(-1)).toBe('3 fired tick');
  });

  test('in a blackout of the schedule, and in one of the tenant', async () => {
    const hand = scheduleHand(hub);
    const [own, other] = [await hand.add(), await hand.add()];
    const window = (from: number, until: number) => ({
      kind: 'once' as const,
      from: hand.at(from).toISOString(),
      until: hand.at(until).toISOString(),
    });
    const all = { name: 'Freeze', scheduleId: null, window: window(2, 3) };
    await createBlackout(hand.deps, tenantId, systemActor, { name: 'Own', scheduleId: own.id, window: window(0, 2) });
    const { id } = await createBlackout(hand.deps, tenantId, systemActor, all);
    await tickAt(hand, 1, 2, 3);
    await deleteBlackout(hand.deps, tenantId, systemActor, id);
    expect(await hand.story(own.id)).toEqual(['1 skipped blackout tick', '2 skipped blackout tick', '3 fired tick']);
    expect(await hand.story(other.id)).toEqual(['1 fired tick', '2 skipped blackout tick', '3 fired tick']);
  });

  test('while the tenant is suspended', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    await sql.run('UPDATE tenants SET suspended_at = NOW(3) WHERE id = ?', [tenant]);
    await tickAt(hand, 1);
    await sql.run('UPDATE tenants SET suspended_at = NULL WHERE id = ?', [tenant]);
    await tickAt(hand, 2);
    expect(await hand.story(id)).toEqual(['1 skipped tenant_suspended tick', '2 fired tick']);
  });

  test('while the source of schedules is switched off', async () => {
    const hand = scheduleHand(hub);
    const { id } = await hand.add();
    const source = { id: await schedulerSource(services.db, tenantId) };
    await switchSource(services, tenantId, systemActor, { ...source, enabled: false });
    await tickAt(hand, 1);
    await switchSource(services, tenantId, systemActor, { ...source, enabled: true });
    await tickAt(hand, 2);
    expect(await hand.story(id)).toEqual(['1 skipped source_disabled tick', '2 fired tick']);
  });

  test.each([
    ['event_type_disabled', 'enabled = FALSE'],
    ['source_kind_refused', "source_kind = 'WEBHOOK'"],
    ['payload_invalid', `payload_schema = '{"required":["name"],"type":"object"}', version = version + 1`],
  ])('as %s where the event type no longer takes it', async (reason, change) => {
    const hand = scheduleHand(hub);
    const { id, eventTypeId } = await hand.add();
    await sql.run(`UPDATE event_types SET ${change} WHERE tenant_id = ? AND id = ?`, [tenant, idToBytes(eventTypeId)]);
    services.definitions.forgetAll();
    await tickAt(hand, 1);
    expect(await hand.story(id)).toEqual([`1 skipped ${reason} tick`]);
    expect(await hand.runs(id)).toMatchObject([{ event: null }]);
  });

  test('where the sink that it is pinned to is no longer of the type that the event type runs on', async () => {
    const hand = scheduleHand(hub);
    const sink = await hub.addSink('moved');
    const { id } = await hand.add({ pinnedSinkId: sink.sinkId });
    const other = await makeSinkType(services.db, tenantId);
    const move = 'UPDATE sinks SET sink_type_id = ? WHERE tenant_id = ? AND id = ?';
    await sql.run(move, [idToBytes(other.id), tenant, idToBytes(sink.sinkId)]);
    services.definitions.forgetAll();
    await tickAt(hand, 1);
    expect(await hand.story(id)).toEqual(['1 skipped pin_unfit tick']);
  });
});
