import { newId } from '@nexomatic/contracts/id';
import type { Assignment, LogChannel, LogChunk } from '@nexomatic/contracts/sink-protocol';
import { insertLogRecords } from '@nexomatic/db/ledger/log-records';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, describe, expect, it } from 'vitest';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { logHistogram } from './log-histogram.ts';
import { logsAround } from './logs-around.ts';
import { searchLogs } from './search-logs.ts';

const urls = { databaseUrl: (await testDatabase()).url, redisUrl: await testRedis() };
const hub = await openTestHub(urls);
const stranger = await openTestHub(urls);
afterAll(() => Promise.all([hub.close(), stranger.close()]));

const { services, tenantId, sink } = hub;
const at = Date.parse('2026-11-20T10:00:00.000Z');
const time = (seconds: number) => new Date(at + seconds * 1_000).toISOString();

const chunkOf = ({ eventId, attempt }: Assignment, seq: number, channel: LogChannel, utf8: string, second = seq) => ({
  ...({ eventId, attempt, seq, channel, bytes: { utf8 } } satisfies Partial<LogChunk>),
  at: at + second * 1_000,
});
const record = (second: number, level: string, message: string, fields?: object) =>
  `${JSON.stringify({ at: at + second * 1_000, level, message, fields })}\n`;

const deploy = await hub.claim(await hub.fire(await hub.addEventType('deploy.app')));
const order = await hub.claim(await hub.fire(await hub.addEventType('order.placed')));
await services.appendLogs(sink, [
  chunkOf(deploy, 1, 'record', record(1, 'info', 'Begun') + record(2, 'error', 'Connection REFUSED by 10.0.0.7')),
  chunkOf(deploy, 2, 'stderr', 'Traceback 100%\n', 3),
  chunkOf(order, 1, 'record', record(4, 'info', 'Placed', { order: { id: 4711 }, customer: 'Ada "L"', ms: 120.5 })),
  chunkOf(order, 2, 'record', record(5, 'warn', 'Slow', { order: { id: 47110 }, ms: 900, paid: false })),
  chunkOf(order, 3, 'record', record(6, 'debug', 'Done', { customer: 'Bob' })),
]);

const search = (q: string, more: object = {}) => searchLogs(services, tenantId, { q, limit: 50, ...more });
const textsOf = async (q: string) => (await search(q)).records.map(({ text }) => text);
const all = ['Done', 'Slow', 'Placed', 'Traceback 100%', 'Connection REFUSED by 10.0.0.7', 'Begun'];

describe('a search of logs', () => {
  it('gives the records of all events newest first, with what they belong to', async () => {
    expect(await textsOf('')).toEqual(all);
    const { records } = await search('Slow');
    expect(records).toEqual([
      {
        ...{ event: order.eventId, attempt: 1, seq: 2, line: 0, at: time(5), level: 'warn', channel: 'record' },
        ...{ text: 'Slow', fields: { 'order.id': 47_110, ms: 900, paid: false } },
        ...{ type: 'order.placed', source: null, sink: sink.name, archived: false },
      },
    ]);
  });

  it.each([
    ['level:error', ['Connection REFUSED by 10.0.0.7']],
    ['level:(warn,error)', ['Slow', 'Connection REFUSED by 10.0.0.7']],
    ['level:null', ['Traceback 100%']],
    ['-level:null -level:debug -level:info', ['Slow', 'Connection REFUSED by 10.0.0.7']],
    ['type:order.* level:info', ['Placed']],
    ['-type:order.*', all.slice(3)],
    ['channel:stderr', ['Traceback 100%']],
    ['-channel:record', ['Traceback 100%']],
    ['connection refused', ['Connection REFUSED by 10.0.0.7']],
    ['"refused by"', ['Connection REFUSED by 10.0.0.7']],
    ['-"refused by" type:deploy.app', ['Traceback 100%', 'Begun']],
    ['100%', ['Traceback 100%']],
    ['10_0', []],
    ['bob', ['Done']],
    ['"Ada \\"L\\""', ['Placed']],
    ['field.order.id:4711', ['Placed']],
    ['field.order.id:4711*', ['Slow', 'Placed']],
    ['field.customer:"Ada \\"L\\""', ['Placed']],
    ['field.customer:B*', ['Done']],
    ['field.paid:false', ['Slow']],
    ['field.ms:>500', ['Slow']],
    ['field.ms:100..900', ['Slow', 'Placed']],
    ['-field.ms:>500 type:order.placed', ['Done', 'Placed']],
    ['field.ms:null type:order.placed', ['Done']],
    ['attempt:2', []],
    ['attempt:1 level:debug', ['Done']],
    ['source:null level:debug', ['Done']],
    [`event:${deploy.eventId} -level:error`, ['Traceback 100%', 'Begun']],
    [`-event:${deploy.eventId}`, ['Done', 'Slow', 'Placed']],
    ['from:2026-11-20T10:00:02Z to:2026-11-20T10:00:05Z', all.slice(2, 5)],
  ])('%s', async (q, texts) => {
    expect(await textsOf(q)).toEqual(texts);
  });

  it('by name of the sink that wrote it; a name that nothing has is told', async () => {
    expect(await textsOf(`sink:${sink.name}`)).toEqual(all);
    expect(await search('type:nothing sink:nobody')).toEqual({
      ...{ records: [], nextCursor: null, searchedTo: null },
      hint: 'There is no event type nothing. There is no sink nobody.',
      archive: { lines: 0, opened: 0, unavailable: null },
    });
  });

  it('pages by key: every record once, in order', async () => {
    for (const q of ['', 'level:(debug,info,warn,error,error) -level:null', 'e', `event:${order.eventId}`]) {
      const texts: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await search(q, { limit: 1, ...(cursor ? { cursor } : {}) });
        texts.push(...page.records.map(({ text }) => text));
        if (page.nextCursor === null) break;
        cursor = page.nextCursor;
      }
      expect(texts).toEqual(await textsOf(q));
    }
  });

  it('refuses a query that can not be read with the place, and a cursor that is none', async () => {
    await expect(search('level:error levle:warn')).rejects.toMatchObject({
      code: 'bad_request',
      facts: { errors: [{ path: 'q', message: expect.stringMatching(/^At character 13: .*did you mean level/) }] },
    });
    await expect(search('', { cursor: 'x' })).rejects.toMatchObject({ code: 'bad_request' });
  });

  it('finds nothing of another tenant, not even by the id of its event', async () => {
    const found = await searchLogs(stranger.services, stranger.tenantId, { q: `event:${deploy.eventId}`, limit: 50 });
    expect(found.records).toEqual([]);
  });
});

describe('among many records', () => {
  /** Every look at the clock is a second after the one before. */
  const hurried = { ...services, clock: { ...services.clock, monotonic: () => (ticks += 1_000) } };
  let ticks = 0;
  const flood = newId('event');
  const range = { since: '2026-01-01T00:00:00.000Z', until: '2026-01-01T04:00:00.000Z' };

  it('a search for what is rare pauses, says how far it came, and finds it when it goes on', async () => {
    const eventTypeId = await hub.addEventType('flood');
    const of = { tenantId, eventId: flood, attempt: 1, eventTypeId, sourceId: null, sinkId: sink.sinkId };
    const lines = Array.from({ length: 9_000 }, (_, i) => ({
      of,
      record: {
        at: new Date(Date.parse(range.since) + i * 1_000),
        ...({ seq: 1, line: i, channel: 'stdout', level: null, fields: null } as const),
        text: i === 10 ? 'rare' : 'often',
      },
    }));
    await insertLogRecords(services.sql, lines);
    const first = await searchLogs(hurried, tenantId, { q: 'rare', limit: 50, ...range });
    expect(first.records).toEqual([]);
    expect(first.searchedTo).toBe('2026-01-01T02:13:20.000Z');
    const pages = [first];
    for (let cursor = first.nextCursor; cursor !== null; cursor = pages.at(-1)?.nextCursor ?? null)
      pages.push(await searchLogs(hurried, tenantId, { q: 'rare', limit: 50, ...range, cursor }));
    expect(pages.flatMap(({ records }) => records).map(({ text }) => text)).toEqual(['rare']);
    expect(pages.length).toBeGreaterThan(5);
  });

  it('counting pauses, and what is counted in turns makes the same sum', async () => {
    const asked = { ...range, bars: 4, q: 'often' };
    const whole = await logHistogram(services, tenantId, asked);
    expect(whole).toMatchObject({ stepSeconds: 3_600, countedFrom: null });
    const first = await logHistogram(hurried, tenantId, asked);
    expect(first.countedFrom).toBe('2026-01-01T03:00:00.000Z');
    const sums = [first];
    for (let next = first; next.countedFrom !== null; sums.push(next))
      next = await logHistogram(hurried, tenantId, { ...asked, before: next.countedFrom });
    const total = (all: (typeof first)[]) =>
      all.flatMap(({ bars }) => bars).reduce((n, { counts }) => n + counts.none, 0);
    expect(sums.length).toBeGreaterThan(1);
    expect(total(sums)).toBe(total([whole]));
    expect(total([whole])).toBe(8_999);
  });
});

describe('the histogram', () => {
  const range = { since: time(0), until: time(10), bars: 5 };

  it('counts records by level in each step of time, by the same query', async () => {
    expect(await logHistogram(services, tenantId, range)).toEqual({
      stepSeconds: 2,
      bars: [
        { at: time(0), counts: { none: 0, debug: 0, info: 1, warn: 0, error: 0 } },
        { at: time(2), counts: { none: 1, debug: 0, info: 0, warn: 0, error: 1 } },
        { at: time(4), counts: { none: 0, debug: 0, info: 1, warn: 1, error: 0 } },
        { at: time(6), counts: { none: 0, debug: 1, info: 0, warn: 0, error: 0 } },
      ],
      countedFrom: null,
      archive: { lines: 0, opened: 0, unavailable: null },
    });
    const { bars } = await logHistogram(services, tenantId, { ...range, q: 'type:order.* field.ms:>500' });
    expect(bars).toEqual([{ at: time(4), counts: { none: 0, debug: 0, info: 0, warn: 1, error: 0 } }]);
  });

  it('goes on from where an earlier answer paused', async () => {
    const { bars } = await logHistogram(services, tenantId, { ...range, before: time(4) });
    expect(bars.map((bar) => bar.at)).toEqual([time(0), time(2)]);
  });
});

describe('the lines around one', () => {
  it('are those of the log itself, also those that can not be searched', async () => {
    const ticket = await hub.claim(await hub.fire(await hub.addEventType('long')));
    const lines = Array.from({ length: 30 }, (_, i) => `line ${i}\n\n`).join('');
    await services.appendLogs(sink, [
      chunkOf(ticket, 1, 'stdout', lines),
      chunkOf(ticket, 2, 'record', record(7, 'warn', 'needle', { a: 1 })),
      chunkOf(ticket, 3, 'stdout', 'cut '),
      chunkOf(ticket, 4, 'stdout', 'in two\n'),
    ]);
    const [found] = (await search('needle')).records;
    if (!found) throw new Error('not found');
    const near = await logsAround(services, tenantId, found);
    expect(near.lines).toHaveLength(22);
    expect(near.lines.slice(-3)).toMatchObject([
      { text: '', seq: 1, line: 59 },
      { text: 'needle', level: 'warn', fields: { a: 1 }, here: true },
      { text: 'cut in two', seq: 3, line: 0, here: false },
    ]);
  });

  it('are refused where there is no such event, attempt or line, or it is another tenant’s', async () => {
    const found = { event: deploy.eventId, attempt: 1, seq: 1, line: 1 };
    expect((await logsAround(services, tenantId, found)).lines).toHaveLength(3);
    const missing = [{ event: newId('event') }, { attempt: 2 }, { seq: 9 }, { line: 9 }];
    for (const other of missing)
      await expect(logsAround(services, tenantId, { ...found, ...other })).rejects.toMatchObject({ code: 'not_found' });
    await expect(logsAround(stranger.services, stranger.tenantId, found)).rejects.toMatchObject({ code: 'not_found' });
  });
});
