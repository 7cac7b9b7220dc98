import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
afterAll(() => hub.close());

describe('claiming an attempt', () => {
  it('gives the event to one of many sinks that race for its ticket', async () => {
    const eventId = await hub.fire(await hub.addEventType('race'));
    const sinks = await Promise.all(Array.from({ length: 10 }, (_, i) => hub.addSink(`racer-${i}`)));
    const outcomes = await Promise.all(
      sinks.map((sink) => hub.services.claimAttempts(sink, [{ eventId, attempt: 1 }])),
    );
    expect(outcomes.flat().filter(({ outcome }) => outcome === 'claimed')).toHaveLength(1);
    expect(outcomes.flat().filter(({ outcome }) => outcome === 'gone')).toHaveLength(9);
    expect(await hub.event(eventId)).toMatchObject({ state: 'RUNNING', attempt: 1 });
  });

  it('gives the event to one of two hubs that race for its ticket', async () => {
    const other = await openTestHub(urls);
    const eventTypeId = await hub.addEventType('two-hubs');
    const ids = await Promise.all(Array.from({ length: 50 }, () => hub.fire(eventTypeId)));
    const tickets = ids.map((eventId) => ({ eventId, attempt: 1 }));
    const [here, there] = await Promise.all([
      hub.services.claimAttempts(hub.sink, tickets),
      other.services.claimAttempts(hub.sink, tickets),
    ]);
    const claimed = ids.map((_, i) => [here[i], there[i]].filter((outcome) => outcome?.outcome === 'claimed').length);
    expect(claimed).toEqual(ids.map(() => 1));
    await other.close();
  });

  it('hands over the payload byte for byte, the parameters resolved and the number of the attempt', async () => {
    const eventTypeId = await hub.addEventType('resolved', {
      parameters: [
        { key: 'greeting', kind: 'STATIC', value: '"Hello"' },
        { key: 'name', kind: 'DATA', value: 'name' },
      ],
    });
    const payload = '{"name":"Ada","n":12345678901234567890.10}';
    const assignment = await hub.claim(await hub.fire(eventTypeId, payload));
    expect(assignment).toMatchObject({
      attempt: 1,
      eventType: 'resolved',
      module: 'test.run',
      payload: { utf8: payload },
      parameters: [
        { key: 'greeting', kind: 'STATIC', origin: 'event_type', json: '"Hello"' },
        { key: 'name', kind: 'DATA', origin: 'event_type', json: '"Ada"' },
      ],
    });
  });

  it('ends the event before any code runs when a DATA key is missing, names it, and fires On Failure', async () => {
    const alert = await hub.addEventType('missing-alert');
    const eventTypeId = await hub.addEventType('missing', {
      onFailure: alert,
      parameters: [{ key: 'name', kind: 'DATA', value: '/person/name' }],
    });
    const eventId = await hub.fire(eventTypeId, '{"person":{}}');
    const outcomes = await hub.services.claimAttempts(hub.sink, [{ eventId, attempt: 1 }]);
    const message = 'parameter "name": the payload has no value at "/person/name"';
    expect(outcomes).toEqual([{ outcome: 'refused', eventId, attempt: 1, reason: 'parameter_missing', message }]);
    expect(await hub.event(eventId)).toMatchObject({
      state: 'ERROR',
      reason: 'parameter_missing',
      message,
      attempt: 0,
    });
    const child = (await hub.events()).find(({ type }) => type === 'missing-alert');
    expect(child?.edge).toBe('failure');
    expect(JSON.parse(child?.payload ?? '')).toEqual({
      error: { reason: 'parameter_missing', message, exitCode: null },
      event: { id: eventId, type: 'missing' },
    });
  });

  it('says gone for a ticket of another attempt, of another tenant, of another type of sink or of a finished event', async () => {
    const eventTypeId = await hub.addEventType('gone');
    const eventId = await hub.fire(eventTypeId);
    const stranger = await openTestHub(urls);
    const wrongType = { ...hub.sink, sinkTypeId: stranger.sink.sinkTypeId };
    const outcomes = await Promise.all([
      hub.services.claimAttempts(hub.sink, [{ eventId, attempt: 2 }]),
      hub.services.claimAttempts(stranger.sink, [{ eventId, attempt: 1 }]),
      hub.services.claimAttempts(wrongType, [{ eventId, attempt: 1 }]),
    ]);
    expect(outcomes.flat().map(({ outcome }) => outcome)).toEqual(['gone', 'gone', 'gone']);
    const ticket = await hub.claim(eventId);
    await hub.report(ticket, 'SUCCESS');
    const [after] = await hub.services.claimAttempts(hub.sink, [{ eventId, attempt: 2 }]);
    expect(after?.outcome).toBe('gone');
    await stranger.close();
  });

  it('leaves events of a disabled type waiting', async () => {
    const eventTypeId = await hub.addEventType('paused-type');
    const eventId = await hub.fire(eventTypeId);
    await hub.services.sql.run('UPDATE event_types SET enabled = 0 WHERE tenant_id = ? AND id = ?', [
      idToBytes(hub.tenantId),
      idToBytes(eventTypeId),
    ]);
    // Another hub has nothing remembered of the time before.
    const other = await openTestHub(urls);
    const [outcome] = await other.services.claimAttempts(hub.sink, [{ eventId, attempt: 1 }]);
    expect(outcome?.outcome).toBe('gone');
    expect(await hub.event(eventId)).toMatchObject({ state: 'QUEUED', attempt: 0 });
    await other.close();
  });
});
