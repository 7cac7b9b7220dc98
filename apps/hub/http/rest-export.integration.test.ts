import { get } from 'node:http';
import { systemClock } from '@nexomatic/clock';
import type { EventSummary } from '@nexomatic/contracts/event-api';
import { type Id, idToBytes, newId } from '@nexomatic/contracts/id';
import type { SqlValue } from '@nexomatic/db/sql';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline, makeUser } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bearer, openTestWeb, signInAs } from './testing/open-test-web.ts';
import { acceptOne, sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const pipeline = await makePipeline(database);
const headers = bearer(pipeline.apiToken);
const download = (query: string, init: RequestInit = { headers }) => web.get(`/api/v1/events/export${query}`, init);

const ids: Id<'event'>[] = [];
beforeAll(async () => {
  for (const message of ['fine', '=HYPERLINK("http://evil.example")', 'two\nlines, "quoted"']) {
    const id = await acceptOne(web.services, pipeline);
    const hand = sinkHand(web.services, sinkOf(pipeline), id);
    await hand.claim();
    await hand.end('WARNING', { message });
    ids.unshift(id);
  }
  ids.unshift(await acceptOne(web.services, pipeline));
});

describe('events as a file', () => {
  test('are CSV with a line of names, in which no cell is a formula', async () => {
    const response = await download('?q=state:warning');
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="events.csv"');
    const [names, ...lines] = (await response.text()).split('\r\n');
    expect(names).toBe(
      'id,type,state,reason,message,attempt,source,sink,parentId,edge,rootId,depth,rerunOf,createdAt,startedAt,finishedAt',
    );
    expect(lines.map((line) => line.slice(0, 30))).toEqual([...ids.slice(1), '']);
    expect(lines[0]).toContain(',WARNING,,"two\nlines, ""quoted""",1,');
    expect(lines[1]).toContain(`,WARNING,,"'=HYPERLINK(""http://evil.example"")",1,`);
    expect(lines[2]).toContain(',WARNING,,fine,1,');
  });

  test('are one JSON document a line, as the list shows them', async () => {
    const response = await download('?format=ndjson');
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    const lines = (await response.text()).trimEnd().split('\n');
    const list = (await (await web.get('/api/v1/events', { headers })).json()) as { events: EventSummary[] };
    expect(lines.map((line) => JSON.parse(line) as EventSummary)).toEqual(list.events);
  });

  test('are nothing but names where nothing is found', async () => {
    const text = await (await download('?q=state:error')).text();
    expect(text.split('\r\n')).toHaveLength(2);
    expect(await (await download('?q=state:error&format=ndjson')).text()).toBe('');
  });
});

describe('an export is refused', () => {
  test.each([
    ['?q=stat:error', 'q'],
    ['?format=xlsx', 'format'],
    ['?limit=10', ''],
    ['?since=yesterday', 'since'],
  ])('for %s, as a problem document and not half-way through a file', async (query, path) => {
    const response = await download(query);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'bad_request', errors: [{ path }] });
  });

  test('without a credential, to a sink, and to people of other tenants', async () => {
    expect((await download('', {})).status).toBe(401);
    expect((await download('', { headers: bearer(pipeline.sinkToken) })).status).toBe(403);
    const stranger = await makePipeline(database);
    const text = await (await download('', { headers: bearer(stranger.apiToken) })).text();
    expect(text.split('\r\n')).toHaveLength(2);
    const cookie = await signInAs(web, await makeUser(database, stranger.tenant.id, 'owner'));
    const response = await download(`?tenant=${pipeline.tenant.slug}`, { headers: { cookie } });
    expect(response.status).toBe(404);
  });
});

describe('an export of many events', async () => {
  const big = await makePipeline(database);
  const count = 12_000;
  beforeAll(async () => {
    for (let from = 0; from < count; from += 4_000) {
      const rows = Array.from({ length: 4_000 }, (): SqlValue[] => {
        const id = idToBytes(newId('event'));
        const at = new Date(systemClock.now());
        return [
          idToBytes(big.tenant.id),
          id,
          idToBytes(big.eventType.id),
          id,
          id,
          'SUCCESS',
          id,
          0,
          at,
          at,
          at,
          'x'.repeat(400),
        ];
      });
      await database.sql.run(
        `INSERT INTO events (tenant_id, id, event_type_id, action_id, sink_type_id, state, root_id, depth, available_at,
           expires_at, finished_at, message) VALUES ?`,
        [rows],
      );
    }
  });

  test('holds every one of them once', async () => {
    const response = await download('?format=ndjson&q=is:root', { headers: bearer(big.apiToken) });
    const lines = (await response.text()).trimEnd().split('\n');
    const seen = lines.map((line) => (JSON.parse(line) as EventSummary).id);
    expect(new Set(seen).size).toBe(count);
    expect(seen).toHaveLength(count);
  });

  test('is read no further once its reader has gone', async () => {
    const logger = web.services.db.orm.config.getLogger();
    logger.setDebugMode(['query']);
    const log = vi.spyOn(logger, 'logQuery').mockImplementation(() => undefined);
    const pages = () => log.mock.calls.filter(([{ query }]) => query?.includes('from `events`')).length;
    const { promise: gone, resolve } = Promise.withResolvers<void>();
    const address = `${web.baseUrl}/api/v1/events/export?format=ndjson`;
    const request = get(address, { headers: bearer(big.apiToken) }, (response) => {
      response.once('readable', () => {
        response.read();
        request.destroy();
        resolve();
      });
      response.on('error', () => undefined);
    });
    request.on('error', () => undefined);
    await gone;
    let before = -1;
    const settled = () => {
      const same = pages() === before;
      before = pages();
      return same;
    };
    await expect.poll(settled, { interval: 300 }).toBe(true);
    log.mockRestore();
    // To its end it would be 24 pages and a last look.
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(20);
  });
});
