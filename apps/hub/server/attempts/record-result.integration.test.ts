import { maxChainDepth } from '@nexomatic/contracts/event-state';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../testing/open-test-hub.ts';

const database = await testDatabase();
const urls = { databaseUrl: database.url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
afterAll(() => hub.close());

const childrenOf = async (id: string) => {
  const events = await hub.events();
  const parent = Buffer.from(idToBytes(id)).toString('hex');
  return events.filter((event) => event.parent?.toString('hex') === parent);
};

describe('recording a result', () => {
  it.each([
    ['SUCCESS', 'success'],
    ['WARNING', 'success'],
    ['ERROR', 'failure'],
  ] as const)(
    'fires exactly one follow-on for %s, on the %s edge, with the result as its payload',
    async (state, edge) => {
      const next = await hub.addEventType(`next-${state}`);
      const other = await hub.addEventType(`other-${state}`);
      const targets =
        edge === 'success' ? { onSuccess: next, onFailure: other } : { onSuccess: other, onFailure: next };
      const eventId = await hub.fire(await hub.addEventType(`first-${state}`, targets));
      const ticket = await hub.claim(eventId);
      const result = { utf8: '{"total":12345678901234567890.10}' };
      expect(await hub.report(ticket, state, { result, message: 'so it ended' })).toBe('recorded');
      expect(await hub.event(eventId)).toMatchObject({ state, message: 'so it ended' });
      expect(await childrenOf(eventId)).toMatchObject([
        { type: `next-${state}`, edge, depth: 1, state: 'QUEUED', payload: result.utf8 },
      ]);
    },
  );

  it('says already for the same report again and fires nothing a second time', async () => {
    const next = await hub.addEventType('next-again');
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('again', { onSuccess: next })));
    const answers = await Promise.all([1, 2, 3, 4, 5].map(() => hub.report(ticket, 'SUCCESS')));
    answers.push(await hub.report(ticket, 'SUCCESS'));
    expect(answers.toSorted()).toEqual(['already', 'already', 'already', 'already', 'already', 'recorded']);
    expect(await childrenOf(ticket.eventId)).toHaveLength(1);
  });

  it('changes nothing for a report with an old attempt number, and notes it in the activity', async () => {
    const eventTypeId = await hub.addEventType('fenced', { rerunWhenLost: true, maxAttempts: 3 });
    const first = await hub.claim(await hub.fire(eventTypeId));
    await hub.services.handBack(hub.sink, [first]);
    const second = await hub.claim(first.eventId, 2);
    expect(await hub.report(first, 'SUCCESS', { result: { utf8: '"old"' } })).toBe('stale');
    expect(await hub.event(first.eventId)).toMatchObject({ state: 'RUNNING', attempt: 2 });
    expect(await hub.report(second, 'ERROR', { reason: 'exit_code' })).toBe('recorded');
    expect(await hub.report(second, 'SUCCESS')).toBe('stale');
    const notes = await hub.services.sql.query<{ detail: string }>(
      `SELECT detail FROM event_activity WHERE tenant_id = ? AND event_id = ? AND verb = 'stale_result' ORDER BY id`,
      [idToBytes(hub.tenantId), idToBytes(first.eventId)],
    );
    expect(notes.map(({ detail }) => detail)).toEqual([
      'attempt 1: SUCCESS came too late and changed nothing',
      'attempt 2: SUCCESS came too late and changed nothing',
    ]);
  });

  it('changes nothing for a report of a sink that does not run the attempt', async () => {
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('foreign-report')));
    const stranger = await hub.addSink('stranger');
    expect(await hub.report(ticket, 'SUCCESS', {}, stranger)).toBe('stale');
    expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'RUNNING' });
  });

  it('tries again after a failure up to the limit, and fires On Failure once, after the last attempt', async () => {
    const alert = await hub.addEventType('retry-alert');
    const eventTypeId = await hub.addEventType('retried', { maxAttempts: 3, backoffSeconds: 0, onFailure: alert });
    const eventId = await hub.fire(eventTypeId);
    for (const attempt of [1, 2]) {
      const ticket = await hub.claim(eventId, attempt);
      await hub.report(ticket, 'ERROR', { reason: 'exception', message: 'boom' });
      expect(await hub.event(eventId)).toMatchObject({
        state: 'QUEUED',
        reason: 'retry_wait',
        message: 'boom',
        attempt,
      });
      expect(await childrenOf(eventId)).toHaveLength(0);
    }
    await hub.report(await hub.claim(eventId, 3), 'ERROR', { reason: 'exception', message: 'boom' });
    expect(await hub.event(eventId)).toMatchObject({ state: 'ERROR', reason: 'exception', attempt: 3 });
    const [child] = await childrenOf(eventId);
    expect(JSON.parse(child?.payload ?? '')).toEqual({
      error: { reason: 'exception', message: 'boom', exitCode: null },
      event: { id: eventId, type: 'retried' },
    });
  });

  it('does not try again what another try can not cure', async () => {
    const eventTypeId = await hub.addEventType('incurable', { maxAttempts: 5 });
    const ticket = await hub.claim(await hub.fire(eventTypeId));
    await hub.report(ticket, 'ERROR', { reason: 'module_not_found' });
    expect(await hub.event(ticket.eventId)).toMatchObject({ state: 'ERROR', reason: 'module_not_found' });
  });

  it('keeps a result that is not UTF-8 as it is', async () => {
    const next = await hub.addEventType('next-raw');
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('raw', { onSuccess: next })));
    await hub.report(ticket, 'SUCCESS', { result: { base64: '//4A' } });
    const rows = await hub.services.sql.query<{ body: Buffer }>(
      'SELECT body FROM attempt_results WHERE tenant_id = ? AND event_id = ?',
      [idToBytes(hub.tenantId), idToBytes(ticket.eventId)],
    );
    expect(rows).toEqual([{ body: Buffer.from([0xff, 0xfe, 0x00]) }]);
  });

  it('ends a chain that loops at the depth limit with an ERROR that says so', async () => {
    const eventTypeId = await hub.addEventType('loop');
    await hub.services.sql.run('UPDATE actions SET on_success_id = ? WHERE tenant_id = ? AND name = ?', [
      idToBytes(eventTypeId),
      idToBytes(hub.tenantId),
      'loop',
    ]);
    const root = await hub.fire(eventTypeId);
    const worker = hub.runSink();
    const loop = async () => (await hub.events()).filter(({ type }) => type === 'loop');
    await expect.poll(async () => (await loop()).some(({ state }) => state === 'ERROR')).toBe(true);
    await worker.close();
    const events = await loop();
    expect(events).toHaveLength(maxChainDepth + 2);
    expect(events.filter(({ state }) => state === 'SUCCESS')).toHaveLength(maxChainDepth + 1);
    expect(events.at(-1)).toMatchObject({
      state: 'ERROR',
      reason: 'chain_too_deep',
      message: 'the chain is longer than 32 events; look for a loop at "loop"',
    });
    expect(events[0]?.id).toEqual(Buffer.from(idToBytes(root)));
  });
});
