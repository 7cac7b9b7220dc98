import { systemClock } from '@nexomatic/clock';
import { type Id, idFromBytes, idToBytes, newId } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { SqlValue } from '@nexomatic/db/sql';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeEventType, makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { cancelEvent } from '../cancel-events.ts';
import { listEvents } from '../list-events.ts';
import { rerunEvent } from '../rerun-event.ts';

const database = await testDatabase();
const hub = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => hub.close());
const { services, tenantId } = hub;
const tenant = idToBytes(tenantId);
/** Names by which the tests speak of events. */
const ids = new Map<string, Id<'event'>>();

const keep = (name: string, id: Id<'event'>): Id<'event'> => {
  ids.set(name, id);
  return id;
};

async function found(q: string, more: Partial<Parameters<typeof listEvents>[2]> = {}): Promise<string[]> {
  const { events } = await listEvents(services, tenantId, { q, limit: 200, ...more });
  const names = new Map([...ids].map(([name, id]) => [id, name]));
  return events.map(({ id }) => names.get(id) ?? id);
}

async function sourceNamed(name: string): Promise<Id<'source'>> {
  const id = newId('source');
  await services.sql.run(
    `INSERT INTO sources (tenant_id, id, name, kind, created_at) VALUES (?, ?, ?, 'CUSTOM', NOW(3))`,
    [tenant, idToBytes(id), name],
  );
  return id;
}

beforeAll(async () => {
  const alert = await hub.addEventType('alert.ops');
  const deploy = await hub.addEventType('deploy.app', { onFailure: alert });
  const order = await hub.addEventType('order.placed');
  const searchKeys = JSON.stringify(['order.id', 'total', 'vip']);
  await database.tenantEm(tenantId).nativeUpdate(EventType, { id: order }, { searchKeys });
  services.definitions.forgetAll();
  const [github, cron] = [await sourceNamed('github'), await sourceNamed('cron')];
  const accept = async (name: string, eventTypeId: Id<'eventType'>, sourceId: Id<'source'> | null, payload: string) => {
    const outcome = await hub.accept({ eventTypeId, sourceId, body: Buffer.from(payload) });
    if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
    return keep(name, outcome.eventId);
  };

  await accept('waits', deploy, github, '{}');
  const failing = await accept('failed', deploy, github, '{}');
  await hub.report(await hub.claim(failing), 'ERROR', { reason: 'exit_code', message: 'exit code 1' });
  const [child] = (await hub.events()).filter(({ depth }) => depth === 1);
  keep('alerted', idFromBytes('event', child?.id ?? Buffer.alloc(16)));
  await accept('runs', deploy, cron, '{}');
  await hub.claim(ids.get('runs') ?? failing);
  await accept('small', order, null, '{"order":{"id":"A-1"},"total":9.5,"vip":false}');
  await accept('large', order, null, '{"order":{"id":4711},"total":1200}');
  await accept('odd', order, null, '{"order":{"id":"A-2"},"total":"much","vip":true}');
  await hub.report(await hub.claim(ids.get('small') ?? failing), 'SUCCESS');
  const rerun = { tenantId, id: failing, payload: null, dedupeKey: null, by: 'user:Ada', remoteAddress: '' };
  keep('again', (await rerunEvent(services, rerun)).id);
  await cancelEvent(services, { tenantId, id: ids.get('again') ?? failing, by: 'user:Ada' });
});

/** Newest first, as they were made above. */
const all = ['again', 'odd', 'large', 'small', 'runs', 'alerted', 'failed', 'waits'];

test.each([
  ['', all],
  ['state:queued', ['odd', 'large', 'alerted', 'waits']],
  ['state:(queued,running)', ['odd', 'large', 'runs', 'alerted', 'waits']],
  ['state:error state:success', ['again', 'small', 'failed']],
  ['-state:queued', ['again', 'small', 'runs', 'failed']],
  ['state:error -state:error', []],
  ['reason:exit_code', ['failed']],
  ['reason:(cancelled,exit_code)', ['again', 'failed']],
  ['reason:null', ['odd', 'large', 'small', 'runs', 'alerted', 'waits']],
  ['-reason:cancelled state:error', ['failed']],
  ['-reason:null', ['again', 'failed']],
  ['type:deploy.app', ['again', 'runs', 'failed', 'waits']],
  ['type:deploy.* type:alert.*', ['again', 'runs', 'alerted', 'failed', 'waits']],
  ['type:deploy.* state:error', ['again', 'failed']],
  ['-type:order.placed', ['again', 'runs', 'alerted', 'failed', 'waits']],
  ['-type:order.* -type:alert.ops state:queued', ['waits']],
  ['source:github', ['failed', 'waits']],
  ['source:(github,cron) state:running', ['runs']],
  ['source:git*', ['failed', 'waits']],
  ['source:null', ['again', 'odd', 'large', 'small', 'alerted']],
  ['source:null source:cron', ['again', 'odd', 'large', 'small', 'runs', 'alerted']],
  ['-source:github', ['again', 'odd', 'large', 'small', 'runs', 'alerted']],
  ['-source:null', ['runs', 'failed', 'waits']],
  ['sink:test-sink', ['small', 'runs', 'failed']],
  ['sink:null', ['again', 'odd', 'large', 'alerted', 'waits']],
  ['-sink:test-sink type:deploy.app', ['again', 'waits']],
  ['schedule:null state:running', ['runs']],
  ['is:root', ['again', 'odd', 'large', 'small', 'runs', 'failed', 'waits']],
  ['-is:root', ['alerted']],
  ['is:rerun', ['again']],
  ['-is:rerun type:deploy.app', ['runs', 'failed', 'waits']],
  ['parent:null -is:rerun state:error', ['failed']],
  ['has:children', ['failed']],
  ['-has:children state:error', ['again']],
  ['has:rerun', ['failed']],
  ['has:children has:rerun', ['failed']],
  ['payload.order.id:A-1', ['small']],
  ['payload.order.id:4711', ['large']],
  ['payload.order.id:(A-1,4711)', ['large', 'small']],
  ['payload.order.id:A-*', ['odd', 'small']],
  ['payload.total:>9.5', ['large']],
  ['payload.total:<1200', ['small']],
  ['payload.total:9.5..1200', ['large', 'small']],
  ['payload.total:much', ['odd']],
  ['payload.vip:true', ['odd']],
  ['payload.vip:null', ['large']],
  ['-payload.vip:null', ['odd', 'small']],
  ['-payload.vip:true type:order.placed', ['large', 'small']],
  ['payload.order.id:A-* -payload.vip:true', ['small']],
  ['payload.order.id:A-* payload.total:>1', ['small']],
  ['payload.order.id:A-1 state:queued', []],
  ['since:1h', all],
  ['to:2020-01-01T00:00Z', []],
  ['from:2020-01-01T00:00Z to:2120-01-01T00:00Z state:running', ['runs']],
])('%s finds what it says', async (q, names) => {
  expect(await found(q)).toEqual(names);
});

test('events are found by their own, their parent’s, their chain’s and their original’s id', async () => {
  const failed = ids.get('failed');
  expect(await found(`id:${failed}`)).toEqual(['failed']);
  expect(await found(`id:(${failed},${ids.get('waits')}) state:queued`)).toEqual(['waits']);
  expect(await found(`-id:${failed} state:error`)).toEqual(['again']);
  expect(await found(`parent:${failed}`)).toEqual(['alerted']);
  expect(await found(`-parent:${failed} state:queued`)).toEqual(['odd', 'large', 'waits']);
  expect(await found(`root:${failed}`)).toEqual(['alerted', 'failed']);
  expect(await found(`root:${failed} -is:root`)).toEqual(['alerted']);
  expect(await found(`-root:${failed} type:deploy.app`)).toEqual(['again', 'runs', 'waits']);
  expect(await found(`rerun:${failed}`)).toEqual(['again']);
  expect(await found(`rerun:${failed} state:queued`)).toEqual([]);
  expect(await found(`-rerun:${failed} state:error`)).toEqual(['failed']);
  expect(await found(`rerun:${failed} payload.order.id:A-1`)).toEqual([]);
});

test('parameters and query have to hold both', async () => {
  expect(await found('type:deploy.*', { state: ['ERROR', 'RUNNING'] })).toEqual(['again', 'runs', 'failed']);
  expect(await found('state:error', { state: ['RUNNING'] })).toEqual([]);
  expect(await found('state:error', { source: 'github', sink: 'test-sink', type: 'deploy.app' })).toEqual(['failed']);
  expect(await found('type:order.placed', { type: 'deploy.app' })).toEqual([]);
  expect(await found('', { since: '2120-01-01T00:00:00Z' })).toEqual([]);
});

test('an event that a schedule fired is found by its name', async () => {
  const pipeline = await makePipeline(database);
  const id = newId('schedule');
  await services.sql.run(
    `INSERT INTO schedules (tenant_id, id, name, event_type_id, cron, time_zone) VALUES (?, ?, 'nightly', ?, '0 0 * * *', 'UTC')`,
    [idToBytes(pipeline.tenant.id), idToBytes(id), idToBytes(pipeline.eventType.id)],
  );
  const fired = { tenantId: pipeline.tenant.id, eventTypeId: pipeline.eventType.id };
  await hub.accept(fired);
  const outcome = await hub.accept({ ...fired, scheduleId: id });
  const { events } = await listEvents(services, pipeline.tenant.id, { q: 'schedule:night*', limit: 10 });
  expect(events.map((event) => event.id)).toEqual(['eventId' in outcome ? outcome.eventId : 'none']);
});

describe('a query', () => {
  test.each(['type:no.such', 'source:nowhere', 'sink:no-sink', 'schedule:never', 'type:nothing.*'])(
    'that names what there is not (%s) finds nothing and says so',
    async (q) => {
      const { events, hint, nextCursor } = await listEvents(services, tenantId, { q, limit: 10 });
      expect({ events, nextCursor }).toEqual({ events: [], nextCursor: null });
      expect(hint).toMatch(/^(There is no|No) (event type|source|sink|schedule) .*\.$/);
    },
  );

  test('that names one thing that there is and one that there is not finds the one and tells of the other', async () => {
    const page = await listEvents(services, tenantId, { q: 'type:alert.ops type:alert.old', limit: 10 });
    expect(page).toMatchObject({ events: [{ type: 'alert.ops' }], hint: 'There is no event type alert.old.' });
  });

  test('with a path that no event type declares is refused, and says where, what there is and what to do', async () => {
    const refused = listEvents(services, tenantId, { q: 'state:error payload.customer:7', limit: 10 });
    await expect(refused).rejects.toMatchObject({
      code: 'bad_request',
      facts: {
        errors: [
          {
            path: 'q',
            message: expect.stringMatching(
              /^At character 13: No event type has the search key customer: declare it .* Search keys: order\.id, total, vip\.$/,
            ),
          },
        ],
      },
    });
  });

  test('that can not be read is refused with the place of every fault', async () => {
    await expect(listEvents(services, tenantId, { q: 'stat:error since:later', limit: 10 })).rejects.toMatchObject({
      code: 'bad_request',
      facts: {
        errors: [
          { path: 'q', message: expect.stringMatching(/^At character 1: There is no key stat; did you mean state/) },
          { path: 'q', message: expect.stringMatching(/^At character 18: /) },
        ],
      },
    });
  });

  test("finds nothing of another tenant's, by whatever it is asked for", async () => {
    const stranger = await makePipeline(database);
    await makeEventType(database, stranger, { name: 'order.placed', searchKeys: '["order.id"]' });
    const failed = ids.get('failed');
    const queries = ['', 'state:error', 'type:order.placed', `id:${failed}`, `rerun:${failed}`, `root:${failed}`];
    for (const q of [...queries, 'payload.order.id:A-1', 'payload.order.id:A-*', 'has:children', 'sink:test-sink']) {
      const { events } = await listEvents(services, stranger.tenant.id, { q, limit: 10 });
      expect(events).toEqual([]);
    }
  });
});

describe('in a tenant with many events', async () => {
  const big = await makePipeline(database);
  const count = 45_000;
  const rows = (from: number, to: number): SqlValue[][] =>
    Array.from({ length: to - from }, (_, n) => {
      const id = idToBytes(newId('event'));
      const at = new Date(systemClock.now());
      // Only the oldest and the newest ran on the sink.
      const sink = from + n < 10 || from + n >= count - 10 ? idToBytes(big.sink.id) : null;
      const state = n % 100 === 0 ? 'ERROR' : 'SUCCESS';
      return [idToBytes(big.tenant.id), id, idToBytes(big.eventType.id), id, id, state, id, 0, at, at, at, at, sink];
    });

  beforeAll(async () => {
    for (let from = 0; from < count; from += 5_000) {
      await services.sql.run(
        `INSERT INTO events (tenant_id, id, event_type_id, action_id, sink_type_id, state, root_id, depth, created_at,
           available_at, expires_at, finished_at, sink_id) VALUES ?`,
        [rows(from, from + 5_000)],
      );
    }
  });

  test.each(['sink:*', 'state:(success,error) sink:*', 'type:* sink:*'])(
    'a search for rare events (%s) pauses, says how far it came, and goes on from there to the last of them',
    async (pattern) => {
      const q = pattern
        .replaceAll('sink:*', `sink:${big.sink.name}`)
        .replaceAll('type:*', `type:${big.eventType.name}`);
      const lengths: number[] = [];
      let cursor: string | undefined;
      let pauses = 0;
      let searchedTo = '9999';
      for (let pages = 0; pages < 20; pages++) {
        const page = await listEvents(services, big.tenant.id, { q, limit: 50, cursor });
        lengths.push(page.events.length);
        if (page.nextCursor === null) break;
        expect(page.searchedTo).not.toBeNull();
        expect((page.searchedTo ?? '') < searchedTo).toBe(true);
        searchedTo = page.searchedTo ?? '';
        pauses += 1;
        cursor = page.nextCursor;
      }
      expect(pauses).toBeGreaterThan(0);
      expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(20);
      expect(lengths[0]).toBe(10);
    },
  );

  test('pages are full where matches are many, and no event is met twice or left out', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    for (let pages = 0; pages < 5; pages++) {
      const page = await listEvents(services, big.tenant.id, { q: 'state:error is:root', limit: 100, cursor });
      seen.push(...page.events.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
      if (cursor === undefined) break;
    }
    expect(new Set(seen).size).toBe(450);
    expect(seen).toHaveLength(450);
    expect(seen).toEqual([...seen].sort().reverse());
  });
});
