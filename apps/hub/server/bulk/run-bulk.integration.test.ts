import type { BulkAction, CreateBulk } from '@nexomatic/contracts/bulk-api';
import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { systemActor } from '../auth/actor.ts';
import { listEvents } from '../events/list-events.ts';
import { openTestHub } from '../testing/open-test-hub.ts';
import { abortBulk } from './abort-bulk.ts';
import { createBulk } from './create-bulk.ts';
import { previewBulk } from './preview-bulk.ts';
import { getBulk } from './read-bulk.ts';
import { runBulk } from './run-bulk.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const actor = { ...systemActor, kind: 'user' as const, id: newId('user'), name: 'Ada' };

const wish = (action: BulkAction, query: string, more: Partial<CreateBulk> = {}): CreateBulk => ({
  action,
  query,
  name: '',
  skipRerun: false,
  ...more,
});
const begin = (action: BulkAction, query: string, more: Partial<CreateBulk> = {}) =>
  createBulk(services, tenantId, actor, wish(action, query, more));
const read = (id: Id<'bulkJob'>) => getBulk(services, tenantId, id);
async function runAll(): Promise<void> {
  for (let batches = 0; batches < 50 && (await runBulk(services)); batches += 1);
}
const find = async (q: string) => (await listEvents(services, tenantId, { q, limit: 200 })).events;

async function fireMany(type: string, count: number, end: 'ERROR' | null = null): Promise<Id<'event'>[]> {
  const eventTypeId = await hub.addEventType(type);
  const ids = await Promise.all(Array.from({ length: count }, () => hub.fire(eventTypeId)));
  if (end) await Promise.all(ids.map(async (id) => hub.report(await hub.claim(id), end, { reason: 'exception' })));
  return ids;
}

/** As after the death of the hub that held it: nobody comes back to it, and its batch may be half done. */
const forgetProgress = (id: Id<'bulkJob'>) =>
  services.sql.run(
    `UPDATE bulk_jobs SET state = 'RUNNING', finished_at = NULL, position = NULL, held_until = NULL, done = 0
     WHERE tenant_id = ? AND id = ?`,
    [idToBytes(tenantId), idToBytes(id)],
  );

// Each test's jobs are its own.
afterEach(runAll);

describe('a bulk job', () => {
  test('runs again what its query finds, batch by batch, and says which events it made', async () => {
    const ids = await fireMany('again', 250, 'ERROR');
    const job = await begin('rerun', 'type:again', { name: 'After the outage' });
    expect(job).toMatchObject({ state: 'RUNNING', count: 250, more: false, done: 0, createdBy: { name: 'Ada' } });
    await runBulk(services);
    expect(await read(job.id)).toMatchObject({ state: 'RUNNING', done: 100 });
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'DONE', done: 250, skipped: 0, failed: 0, problems: [] });
    const made = [...(await find(`bulk:${job.id}`))];
    expect(made).toHaveLength(200);
    const [one] = made;
    expect(ids).toContain(one?.rerunOf);
    expect(await find(`bulk:${job.id} state:error`)).toEqual([]);
  });

  test('cancels what waits and runs, tells each event who did, and leaves alone what came later', async () => {
    const [waiting, running] = await fireMany('stop', 2);
    if (!waiting || !running) throw new Error('not fired');
    const ticket = await hub.claim(running);
    const job = await begin('cancel', 'type:stop');
    const [later] = await fireMany('stop-later', 1);
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'DONE', done: 2 });
    expect(await hub.event(waiting)).toMatchObject({ state: 'ERROR', reason: 'cancelled' });
    expect(await services.renewLeases(hub.sink, [ticket])).toEqual(['cancel']);
    expect(await hub.event(later ?? waiting)).toMatchObject({ state: 'QUEUED' });
    expect((await find(`bulk:${job.id}`)).map(({ id }) => id).sort()).toEqual([waiting, running].sort());
  });

  test('acts up to its upper bound and on nothing that came after', async () => {
    const [first] = await fireMany('bounded', 1);
    const { until, count } = await previewBulk(services, tenantId, wish('cancel', 'type:bounded'));
    expect(count).toBe(1);
    await services.sql.run('UPDATE events SET created_at = NOW(3) + INTERVAL 5 SECOND WHERE tenant_id = ? AND id = ?', [
      idToBytes(tenantId),
      idToBytes(first ?? ''),
    ]);
    const job = await begin('cancel', 'type:bounded', { until });
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'DONE', count: 0, done: 0 });
    expect(await hub.event(first ?? newId('event'))).toMatchObject({ state: 'QUEUED' });
  });

  test('freezes a range that is counted from now', async () => {
    const job = await begin('cancel', 'since:2h type:none.*');
    expect(job.query).toMatch(/^type:none\.\* from:\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  });

  test('runs nothing twice when its hub was killed half-way, and still counts it', async () => {
    await fireMany('killed', 150, 'ERROR');
    const job = await begin('rerun', 'type:killed');
    await runBulk(services);
    await forgetProgress(job.id);
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'DONE', done: 150 });
    expect((await find('type:killed is:rerun')).length).toBe(150);
  });

  test('counts what it cancelled before its hub was killed', async () => {
    await fireMany('killed-cancel', 120);
    const job = await begin('cancel', 'type:killed-cancel');
    await runBulk(services);
    await forgetProgress(job.id);
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'DONE', done: 120 });
  });

  test('is worked on by one hub at a time, however many try', async () => {
    await fireMany('raced', 300, 'ERROR');
    const job = await begin('rerun', 'type:raced');
    for (let rounds = 0; rounds < 20; rounds += 1) {
      const worked = await Promise.all(Array.from({ length: 4 }, () => runBulk(services)));
      if (!worked.includes(true)) break;
    }
    expect(await read(job.id)).toMatchObject({ state: 'DONE', done: 300 });
  });

  test('ends after the batch under way when it is aborted, and keeps what it did', async () => {
    await fireMany('aborted', 150);
    const job = await begin('cancel', 'type:aborted');
    await runBulk(services);
    expect(await abortBulk(services, tenantId, actor, job.id)).toMatchObject({ state: 'ABORTED', done: 100 });
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'ABORTED', done: 100, finishedAt: expect.any(String) });
    expect(await find('type:aborted state:queued')).toHaveLength(50);
    expect(await abortBulk(services, tenantId, actor, job.id)).toMatchObject({ state: 'ABORTED' });
  });

  test('can not be aborted once it is done, nor by another tenant', async () => {
    const job = await begin('cancel', 'type:nobody');
    await expect(abortBulk(services, newId('tenant'), actor, job.id)).rejects.toMatchObject({ code: 'not_found' });
    await fireMany('done', 1);
    const done = await begin('cancel', 'type:done');
    await runAll();
    await expect(abortBulk(services, tenantId, actor, done.id)).rejects.toMatchObject({ code: 'conflict' });
  });

  test('fails with the reason when its query names what is gone', async () => {
    const job = await begin('cancel', 'type:never.was');
    await runAll();
    expect(await read(job.id)).toMatchObject({ state: 'FAILED', message: 'There is no event type never.was.' });
  });

  test('counts events that are refused, and says why', async () => {
    const [id] = await fireMany('refused', 1, 'ERROR');
    await services.sql.run(`UPDATE event_types SET enabled = 0 WHERE tenant_id = ? AND name = 'refused'`, [
      idToBytes(tenantId),
    ]);
    services.definitions.forgetAll();
    const job = await begin('rerun', 'type:refused');
    await runAll();
    expect(await read(job.id)).toMatchObject({
      state: 'DONE',
      done: 0,
      failed: 1,
      problems: [{ eventId: id, outcome: 'failed', message: 'Event type refused is disabled.' }],
    });
  });

  test('leaves out what was run again before, if it is asked to', async () => {
    await fireMany('once', 3, 'ERROR');
    await begin('rerun', 'type:once');
    await runAll();
    const again = await begin('rerun', 'type:once is:root -is:rerun', { skipRerun: true });
    expect(again.count).toBe(0);
  });

  test('and its end are in the audit log with who wanted them', async () => {
    const job = await begin('cancel', 'type:nothing.*');
    await abortBulk(services, tenantId, actor, job.id);
    const entries = await services.sql.query<{ action: string; actor_name: string }>(
      'SELECT action, actor_name FROM audit_entries WHERE tenant_id = ? AND object_id = ? ORDER BY id',
      [idToBytes(tenantId), job.id],
    );
    expect(entries).toEqual([
      { action: 'bulk_job.created', actor_name: 'Ada' },
      { action: 'bulk_job.aborted', actor_name: 'Ada' },
    ]);
  });
});

describe('a preview', () => {
  test('counts what the job would act on, and shows the ten newest', async () => {
    const ids = await fireMany('preview', 12);
    const preview = await previewBulk(services, tenantId, wish('cancel', 'type:preview'));
    expect(preview).toMatchObject({ count: 12, more: false });
    expect(preview.sample.map(({ id }) => id)).toEqual([...ids].sort().reverse().slice(0, 10));
    expect(await previewBulk(services, tenantId, wish('rerun', 'type:preview'))).toMatchObject({ count: 0 });
  });

  test('stops counting at a thousand and says that there are more', async () => {
    await fireMany('thousand', 1_010);
    const preview = await previewBulk(services, tenantId, wish('cancel', 'type:thousand'));
    expect(preview).toMatchObject({ count: 1_000, more: true });
  });

  test('refuses a query that can not be read', async () => {
    for (const query of ['colour:red', 'payload.never.declared:1']) {
      await expect(previewBulk(services, tenantId, wish('cancel', query))).rejects.toMatchObject({
        code: 'bad_request',
        facts: { errors: [{ path: 'query' }] },
      });
    }
  });
});
