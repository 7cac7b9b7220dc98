import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { sweepDue } from '../attempts/sweep-due.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { cancelEvent, cancelEvents } from './cancel-events.ts';
import { getEvent } from './get-event.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const by = 'user:Ada';

const cancel = (id: Id<'event'>) => cancelEvent(services, { tenantId, id, by });
const detail = (id: Id<'event'>) => getEvent(services, tenantId, id);

/** Lets the lease of a running event run out: the database's clock can't be set. */
const endLease = (eventId: string) =>
  services.sql.run(
    'UPDATE events SET lease_until = NOW(3) - INTERVAL 1 SECOND, due_at = lease_until WHERE tenant_id = ? AND id = ?',
    [idToBytes(tenantId), idToBytes(eventId)],
  );

describe('an event that waits', () => {
  it('ends at once, and its ticket starts nothing any more', async () => {
    const id = await hub.fire(await hub.addEventType('waiting'));
    expect(await cancel(id)).toEqual({ id, outcome: 'cancelled' });
    expect(await detail(id)).toMatchObject({
      state: 'ERROR',
      reason: 'cancelled',
      message: 'cancelled by Ada before it ran',
      attempts: [],
      activity: [{ verb: 'cancelled', actor: by, detail: 'ERROR · cancelled' }],
    });
    const [claim] = await services.claimAttempts(hub.sink, [{ eventId: id, attempt: 1 }]);
    expect(claim?.outcome).toBe('gone');
  });

  it('ends also while it waits for another attempt', async () => {
    const id = await hub.fire(await hub.addEventType('retrying', { maxAttempts: 3, backoffSeconds: 60 }));
    await hub.report(await hub.claim(id), 'ERROR', { reason: 'exception', message: 'boom' });
    expect(await hub.event(id)).toMatchObject({ state: 'QUEUED', reason: 'retry_wait' });
    await cancel(id);
    expect(await hub.event(id)).toMatchObject({ state: 'ERROR', reason: 'cancelled', attempt: 1 });
  });

  it('fires nothing that is to follow on a failure', async () => {
    const onFailure = await hub.addEventType('alert');
    const id = await hub.fire(await hub.addEventType('with-alert', { onFailure }));
    await cancel(id);
    expect((await detail(id)).chain).toHaveLength(1);
  });

  it('is cancelled once by twenty who try at the same moment, and all are told so', async () => {
    const id = await hub.fire(await hub.addEventType('contested'));
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => cancel(id)));
    expect(outcomes).toEqual(outcomes.map(() => ({ id, outcome: 'cancelled' })));
    expect((await detail(id)).activity.filter(({ verb }) => verb === 'cancelled')).toHaveLength(1);
  });
});

describe('an event that runs', () => {
  it('goes on until its sink, told at the next renewal, has ended the module', async () => {
    const onFailure = await hub.addEventType('running-alert');
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('running', { onFailure })));
    expect(await cancel(ticket.eventId)).toEqual({ id: ticket.eventId, outcome: 'cancelling' });
    expect(await cancel(ticket.eventId)).toEqual({ id: ticket.eventId, outcome: 'cancelling' });
    expect(await detail(ticket.eventId)).toMatchObject({
      state: 'RUNNING',
      cancelRequestedAt: expect.any(String),
      activity: [{ verb: 'cancel_requested', actor: by }],
    });

    const other = await hub.claim(await hub.fire(await hub.addEventType('beside')));
    expect(await services.renewLeases(hub.sink, [ticket, other])).toEqual(['cancel', 'renewed']);

    const message = 'it was cancelled while it ran';
    expect(await hub.report(ticket, 'ERROR', { reason: 'cancelled', message })).toBe('recorded');
    expect(await detail(ticket.eventId)).toMatchObject({
      state: 'ERROR',
      reason: 'cancelled',
      attempts: [{ number: 1, state: 'ERROR', reason: 'cancelled' }],
      chain: [{ id: ticket.eventId }],
    });
  });

  it('is cancelled, and not tried again, whatever way its attempt ends without success', async () => {
    const eventTypeId = await hub.addEventType('stubborn', { maxAttempts: 5, rerunWhenLost: true });
    const [failed, handedBack, lost] = [
      await hub.claim(await hub.fire(eventTypeId)),
      await hub.claim(await hub.fire(eventTypeId)),
      await hub.claim(await hub.fire(eventTypeId)),
    ];
    for (const { eventId } of [failed, handedBack, lost]) await cancel(eventId);
    await hub.report(failed, 'ERROR', { reason: 'exit_code', message: 'exit code 143' });
    await services.handBack(hub.sink, [handedBack]);
    await endLease(lost.eventId);
    await sweepDue(services);
    for (const { eventId } of [failed, handedBack, lost]) {
      expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'cancelled', attempt: 1 });
    }
    expect((await detail(handedBack.eventId)).attempts).toMatchObject([{ state: 'HANDED_BACK' }]);
  });

  it('keeps its success if the module was done before it was told', async () => {
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('quick')));
    await cancel(ticket.eventId);
    await hub.report(ticket, 'SUCCESS');
    expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'SUCCESS', reason: null });
  });
});

describe('cancelling', () => {
  it('is refused for an event that has ended, and changes nothing', async () => {
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('ended')));
    await hub.report(ticket, 'SUCCESS');
    await expect(cancel(ticket.eventId)).rejects.toMatchObject({
      code: 'conflict',
      message: 'The event has ended already: SUCCESS.',
    });
    expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'SUCCESS' });
  });

  it('knows no event of another tenant', async () => {
    const id = await hub.fire(await hub.addEventType('private'));
    const stranger = { tenantId: newId('tenant'), id, by };
    await expect(cancelEvent(services, stranger)).rejects.toMatchObject({ code: 'not_found' });
    expect(await hub.event(id)).toMatchObject({ state: 'QUEUED' });
  });

  it('takes many events at once, each with its own outcome', async () => {
    const eventTypeId = await hub.addEventType('many');
    const [waiting, running, ended] = [
      await hub.fire(eventTypeId),
      await hub.claim(await hub.fire(eventTypeId)),
      await hub.claim(await hub.fire(eventTypeId)),
    ];
    await hub.report(ended, 'WARNING');
    const ids = [waiting, running.eventId, ended.eventId, newId('event')];
    const outcomes = await cancelEvents(services, { tenantId, ids, by });
    expect(new Map(outcomes.map(({ id, outcome }) => [id, outcome]))).toEqual(
      new Map([
        [waiting, 'cancelled'],
        [running.eventId, 'cancelling'],
        [ended.eventId, 'finished'],
      ]),
    );
  });
});
