import { newId } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import { liveChannel } from '@nexomatic/queue/names';
import { testDatabase } from '@nexomatic/testkit/database';
import { makePipeline } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, test } from 'vitest';
import { bearer, openTestWeb } from './testing/open-test-web.ts';
import { readEvents } from './testing/read-events.ts';
import { acceptOne, sinkHand, sinkOf } from './testing/run-event.ts';

const database = await testDatabase();
const web = await openTestWeb({ databaseUrl: database.url, redisUrl: await testRedis() });
afterAll(() => web.close());
const { services } = web;
const pipeline = await makePipeline(database);
const sink = sinkOf(pipeline);

interface Page {
  attempt: number;
  entries: LogEntry[];
  lastSeq: number;
  complete: boolean;
}

const record = (message: string, fields?: object): string =>
  `${JSON.stringify({ at: 1_700_000_000_000, level: 'info', message, ...(fields ? { fields } : {}) })}\n`;

function follow(input: object, init: RequestInit = {}): Promise<Response> {
  const query = new URLSearchParams({ input: JSON.stringify(input) });
  return web.get(`/trpc/events.followLog?${query}`, { headers: bearer(pipeline.apiToken), ...init });
}

/** The stream's pages with their ids, until it ends or `enough` says so. */
async function pagesOf(response: Response, enough: (pages: Page[]) => boolean = () => false) {
  const pages: Page[] = [];
  const ids: (string | null)[] = [];
  for await (const { event, id, data } of readEvents(response)) {
    if (event !== 'message') continue;
    pages.push(data as Page);
    ids.push(id);
    if (enough(pages)) break;
  }
  return { pages, ids, texts: pages.flatMap(({ entries }) => entries.map(({ text }) => text)) };
}

async function readLog(id: string, query = ''): Promise<{ status: number; page: Page }> {
  const response = await web.get(`/api/v1/events/${id}/logs${query}`, { headers: bearer(pipeline.apiToken) });
  return { status: response.status, page: (await response.json()) as Page };
}

describe('reading a log', () => {
  test('gives records with level, message and fields, and output line by line', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sink, id);
    await hand.claim();
    await hand.log('record', record('started', { slot: 1 }));
    await hand.log('stdout', 'one\ntw');
    await hand.log('stderr', 'warning: é');
    await hand.log('stdout', 'o\n');
    await hand.end('SUCCESS');
    const { status, page } = await readLog(id);
    expect(status).toBe(200);
    expect(page).toMatchObject({ attempt: 1, complete: true });
    expect(page.entries.map(({ channel, level, text, fields }) => ({ channel, level, text, fields }))).toEqual([
      { channel: 'record', level: 'info', text: 'started', fields: { slot: 1 } },
      { channel: 'stdout', level: null, text: 'one', fields: null },
      { channel: 'stdout', level: null, text: 'two', fields: null },
      { channel: 'stderr', level: null, text: 'warning: é', fields: null },
    ]);
  });

  test('can go on from where it ended', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sink, id);
    await hand.claim();
    await hand.log('stdout', 'one\n');
    const first = (await readLog(id)).page;
    expect(first).toMatchObject({ entries: [{ text: 'one' }], lastSeq: 1, complete: false });
    await hand.log('stdout', 'two\n');
    await hand.end('ERROR', { reason: 'exception' });
    const second = (await readLog(id, `?after=${first.lastSeq}`)).page;
    expect(second).toMatchObject({ entries: [{ text: 'two' }], complete: true });
    expect((await readLog(id, `?after=${second.lastSeq}`)).page).toMatchObject({ entries: [], complete: true });
  });

  test('of an event that waits is empty and not complete', async () => {
    const { page } = await readLog(await acceptOne(services, pipeline));
    expect(page).toMatchObject({ attempt: 0, entries: [], complete: false });
  });

  test('of an attempt that there is not is refused with 404', async () => {
    expect((await readLog(await acceptOne(services, pipeline), '?attempt=3')).status).toBe(404);
    expect((await readLog(newId('event'))).status).toBe(404);
  });

  test.each(['?attempt=0', '?attempt=x', '?after=-1'])('with %s is refused with 400', async (query) => {
    expect((await readLog(await acceptOne(services, pipeline), query)).status).toBe(400);
  });
});

describe('following a log', () => {
  test('gives what is there, then what is added, and ends with the attempt', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sink, id);
    await hand.claim();
    await hand.log('stdout', 'history\n');
    const following = follow({ id }).then((response) =>
      pagesOf(response, (pages) => {
        if (pages.length === 1) void hand.log('stdout', 'live\n').then(() => hand.end('SUCCESS'));
        return false;
      }),
    );
    const { pages, texts } = await following;
    expect(texts).toEqual(['history', 'live']);
    expect(pages.at(-1)).toMatchObject({ attempt: 1, complete: true });
  });

  test('begins before the event does, and follows its first attempt', async () => {
    const id = await acceptOne(services, pipeline);
    const response = await follow({ id });
    const hand = sinkHand(services, sink, id);
    await hand.claim();
    await hand.log('stdout', 'first\n');
    await hand.end('SUCCESS');
    expect((await pagesOf(response)).texts).toEqual(['first']);
  });

  test('goes on where a reader was cut off, with nothing left out and nothing twice', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sink, id);
    await hand.claim();
    await hand.log('stdout', 'one\ntw');
    const { ids } = await pagesOf(await follow({ id }), () => true);
    expect(ids).toEqual(['1:1']);
    await hand.log('stdout', 'o\nthree');
    await hand.end('SUCCESS');
    const { texts } = await pagesOf(await follow({ id, lastEventId: ids[0] }));
    expect(texts).toEqual(['two', 'three']);
  });

  test('of a finished attempt gives all of it and ends', async () => {
    const id = await acceptOne(services, pipeline);
    const hand = sinkHand(services, sink, id);
    await hand.claim();
    for (let n = 0; n < 250; n++) await hand.log('stdout', `line ${n}\n`);
    await hand.end('SUCCESS');
    const { texts, pages } = await pagesOf(await follow({ id }));
    expect(texts).toEqual(Array.from({ length: 250 }, (_, n) => `line ${n}`));
    expect(pages.length).toBeGreaterThan(1);
  });

  test('is refused for an event that is not there, another tenant, a position of no such form, and a sink', async () => {
    const id = await acceptOne(services, pipeline);
    const stranger = await makePipeline(database);
    const cases: [object, Record<string, string>, string][] = [
      [{ id: newId('event') }, bearer(pipeline.apiToken), 'not_found'],
      [{ id }, bearer(stranger.apiToken), 'not_found'],
      [{ id, lastEventId: 'nonsense' }, bearer(pipeline.apiToken), 'bad_request'],
      [{ id }, bearer(pipeline.sinkToken), 'forbidden'],
      [{ id }, {}, 'unauthenticated'],
    ];
    for (const [input, headers, code] of cases) {
      const response = await follow(input, { headers });
      expect(await response.text()).toContain(`"code":"${code}"`);
    }
  });
});

test('a stop of the hub cuts what is being followed without ending it, so that its reader comes back', async () => {
  const other = await openTestWeb({ databaseUrl: database.url, redisUrl: services.env.redisUrl });
  const id = await acceptOne(services, pipeline);
  const query = new URLSearchParams({ input: JSON.stringify({ id }) });
  const response = await other.get(`/trpc/events.followLog?${query}`, { headers: bearer(pipeline.apiToken) });
  const received = response.text();
  await other.close();
  expect(await received).toContain('event: connected');
  expect(await received).not.toContain('event: return');
});

test('a reader goes from hub to hub as they stop, while another one stores the log: no line is lost, doubled or renumbered', async () => {
  const id = await acceptOne(services, pipeline);
  const hand = sinkHand(services, sink, id);
  await hand.claim();
  const urls = { databaseUrl: database.url, redisUrl: services.env.redisUrl };
  const seen: LogEntry[] = [];
  let last: string | null = null;
  let complete = false;

  /** Reads at one hub until that ends, or so many lines are there. */
  async function readAt(hub: typeof web, until: number): Promise<void> {
    const input = { id, ...(last === null ? {} : { lastEventId: last }) };
    const query = new URLSearchParams({ input: JSON.stringify(input) });
    const response = await hub.get(`/trpc/events.followLog?${query}`, { headers: bearer(pipeline.apiToken) });
    for await (const { event, id: at, data } of readEvents(response)) {
      if (event !== 'message') continue;
      const page = data as Page;
      seen.push(...page.entries);
      last = at;
      complete = page.complete;
      if (seen.length >= until) return;
    }
  }

  const all = 120;
  const writing = (async () => {
    for (let n = 1; n <= all; n += 1) {
      // Lines are cut by chunks, and chunks of the other stream stand between the parts.
      await hand.log('stdout', `${n > 1 ? ' end\n' : ''}line ${n}`);
      if (n % 10 === 0) await hand.log('stderr', `warning ${n}\n`);
      // Nothing is written faster than it is read, so that readers change while the log grows.
      await waitFor(() => seen.length > n - 20, { what: 'the reader to come after' });
    }
    await hand.end('SUCCESS');
  })();
  for (let round = 1; round <= 3; round += 1) {
    const hub = await openTestWeb(urls);
    await readAt(hub, round * 30);
    await hub.close();
  }
  while (!complete) await readAt(web, Number.POSITIVE_INFINITY);
  await writing;
  expect(seen.map(({ line }) => line)).toEqual(Array.from({ length: all + all / 10 }, (_, n) => n + 1));
  const output = seen.filter(({ channel }) => channel === 'stdout').map(({ text }) => text);
  expect(output).toEqual(Array.from({ length: all }, (_, n) => (n + 1 < all ? `line ${n + 1} end` : `line ${all}`)));
}, 60_000);

test('a reader that hangs up is forgotten', async () => {
  const { tenant, apiToken } = await makePipeline(database);
  const hangUp = new AbortController();
  const listeners = async () => Number((await services.redis.pubsub('NUMSUB', liveChannel(tenant.id)))[1]);
  await web.get('/trpc/events.changes', { headers: bearer(apiToken), signal: hangUp.signal });
  await waitFor(async () => (await listeners()) === 1, { what: 'the reader to listen' });
  hangUp.abort();
  await waitFor(async () => (await listeners()) === 0, { what: 'nobody to listen any more' });
});

describe('the changes of events', () => {
  test("are told to the tenant's readers, and to nobody else", async () => {
    const stranger = await makePipeline(database);
    const watch = (token: string) => web.get('/trpc/events.changes', { headers: bearer(token) });
    const [own, theirs] = await Promise.all([watch(pipeline.apiToken), watch(stranger.apiToken)]);
    const first = async (response: Response) => {
      for await (const { event, data } of readEvents(response)) if (event === 'message') return data;
      return null;
    };
    const told = Promise.all([first(own), first(theirs)]);
    const channels = [pipeline, stranger].map(({ tenant }) => liveChannel(tenant.id));
    await waitFor(
      async () => (await services.redis.pubsub('NUMSUB', ...channels)).every((part) => part !== 0 && part !== '0'),
      { what: 'Redis to know both readers' },
    );
    const id = await acceptOne(services, pipeline);
    const strangersId = await acceptOne(services, stranger);
    expect(await told).toEqual([{ eventIds: [id] }, { eventIds: [strangersId] }]);
  });
});
