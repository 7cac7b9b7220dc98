import { testRedis } from '@nexomatic/testkit/redis';
import { describe, expect, it } from 'vitest';
import { openTestHub } from '../../testing/open-test-hub.ts';
import { logsAround } from './logs-around.ts';
import { searchLogs } from './search-logs.ts';
import { openArchivedLogs, plain } from './testing/archived-logs.ts';

const { hub, database, time, deployed, queries, hot, search, count, countAll, allOf } = await openArchivedLogs();
const { services, tenantId } = hub;

describe('a search of archived logs', () => {
  it.each(queries)('finds for %j what it found while they stood in the database, in the same order', async (q) => {
    const { records, archive } = await search(q);
    expect(plain(records)).toEqual(plain(hot.get(q)?.records ?? []));
    expect(records.every(({ archived }) => archived)).toBe(true);
    expect(archive).toMatchObject({ lines: records.length, unavailable: null });
  });

  it.each(queries)('counts for %j what it counted before, by level and time', async (q) => {
    const counted = await countAll(q);
    expect(counted.bars).toEqual(hot.get(q)?.bars);
    expect(counted.unavailable).toBeNull();
  });

  it('finds something by nearly all of these', () => {
    const without = queries.filter((q) => hot.get(q)?.records.length === 0);
    expect(without).toEqual([
      '-source:null',
      'attempt:>1',
      '10_0',
      'grosse',
      '-field.note:null',
      'Placed -field.ms:120.5',
    ]);
  });

  it('pages by key: every line once, in order, also where the search pauses at each step', async () => {
    let ticks = 0;
    const hurried = { ...services, clock: { ...services.clock, monotonic: () => (ticks += 10_000) } };
    for (const [q, limit] of [
      ['', 7],
      ['row', 50],
      ['level:error', 1],
      ['"row 7.2"', 5],
    ] as const) {
      const whole = await allOf(q, 200, services);
      expect(await allOf(q, limit, hurried)).toEqual(whole);
      expect(await allOf(q, limit, services)).toEqual(whole);
    }
  }, 60_000);

  it('opens no log that can not hold what is asked for, and none where the time lies behind all that is archived', async () => {
    expect((await search('level:error')).archive.opened).toBe(2);
    expect((await search('sink:eu-2')).archive.opened).toBe(1);
    expect((await search('', { since: time(9_000) })).archive).toEqual({ lines: 0, opened: 0, unavailable: null });
  });

  it('counts logs whose lines lie in one bar without opening them', async () => {
    const { archive } = await count('-type:long.*', { since: time(0), until: time(60), bars: 1 });
    expect(archive).toEqual({ lines: 11, opened: 0, unavailable: null });
  });

  it('gives the lines around one of them', async () => {
    const [found] = (await search('Traceback')).records;
    if (!found) throw new Error('not found');
    const near = await logsAround(services, tenantId, found);
    expect(near.archived).toBe(true);
    expect(near.lines.map(({ text }) => text)).toContain('cut in two, and the end');
  });

  it('finds nothing of another tenant', async () => {
    const stranger = await openTestHub({ databaseUrl: database.url, redisUrl: await testRedis() });
    const found = await searchLogs(stranger.services, stranger.tenantId, { q: `event:${deployed}`, limit: 50 });
    expect(found).toMatchObject({ records: [], archive: { opened: 0 } });
    await stranger.close();
  });
});
