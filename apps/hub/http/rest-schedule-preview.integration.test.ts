import { newId } from '@nexomatic/contracts/id';
import { expect, test } from 'vitest';
import { openRest } from './testing/open-rest.ts';

const rest = await openRest();
const { call } = rest;
const preview = (query: Record<string, string>) => call('GET', `/schedules/preview?${new URLSearchParams(query)}`);
const create = (fields: object) =>
  call('POST', '/schedules', { name: 'refused', eventTypeId: rest.pipeline.eventType.id, ...fields });

test('the next runs are told on the clock of the zone, with what setting that clock does to them', async () => {
  const answer = await preview({
    ...{ cron: '30 2 * * *', timeZone: 'Europe/Berlin', startsAt: '2088-03-27T00:00:00+01:00' },
    ...{ endsAt: '2088-03-29T00:00:00Z', jitterSeconds: '90' },
  });
  expect(answer).toMatchObject({ status: 200, body: { timeZone: 'Europe/Berlin' } });
  expect(answer.body.runs).toEqual([
    {
      ...{ at: '2088-03-27T01:30:00.000Z', latestAt: '2088-03-27T01:31:30.000Z' },
      ...{ local: '2088-03-27T02:30:00', offset: '+01:00', note: null, blackout: null },
    },
    {
      ...{ at: '2088-03-28T01:30:00.000Z', latestAt: '2088-03-28T01:31:30.000Z' },
      ...{ local: '2088-03-28T03:30:00', offset: '+02:00', note: '28 Mar: 02:30 does not exist, runs 03:30' },
      blackout: null,
    },
  ]);
  expect(answer.body.warnings).toMatchObject([{ code: 'no_run_in_five_years', path: 'startsAt' }]);
});

test('ten runs are told unless another number is asked for, in the zone of the tenant unless one is named', async () => {
  expect((await preview({ cron: '0 * * * *' })).body).toMatchObject({ timeZone: 'UTC', runs: { length: 10 } });
  expect((await preview({ cron: '0 * * * *', count: '3' })).body.runs).toHaveLength(3);
  expect((await preview({ cron: '0 * * * *', count: '101' })).status).toBe(400);
});

test('runs that fall into a blackout name it: into one of the tenant always, into one of a schedule where that is named', async () => {
  const { id } = (await create({ name: 'held-back', cron: '0 0 * * *' })).body;
  const window = (from: string, until: string) => ({ window: { kind: 'once', from, until } });
  const freeze = await call('POST', '/blackouts', {
    ...{ name: 'Freeze', ...window('2088-01-02T00:00:00Z', '2088-01-03T00:00:00Z') },
  });
  const own = await call('POST', '/blackouts', {
    ...{ name: 'Own', scheduleId: id, ...window('2088-01-02T12:00:00Z', '2088-01-03T12:00:00Z') },
  });
  const daily = { cron: '0 0 * * *', startsAt: '2088-01-01T00:00:00Z', count: '4' };
  const blackouts = async (more: object) =>
    ((await preview({ ...daily, ...more })).body.runs as { blackout: object | null }[]).map((run) => run.blackout);
  const tenants = { id: freeze.body.id, name: 'Freeze' };
  expect(await blackouts({})).toEqual([null, tenants, null, null]);
  expect(await blackouts({ scheduleId: id })).toEqual([null, tenants, { id: own.body.id, name: 'Own' }, null]);
  expect((await preview({ ...daily, scheduleId: newId('schedule') })).status).toBe(404);
});

test('a single instant is one run, and none once it has passed', async () => {
  expect((await preview({ kind: 'at', at: '2088-01-01T10:00:00+02:00' })).body.runs).toMatchObject([
    { at: '2088-01-01T08:00:00.000Z' },
  ]);
  expect((await preview({ kind: 'at', at: '2020-01-01T10:00:00Z' })).body).toMatchObject({
    ...{ runs: [], warnings: [{ path: 'at', message: 'the instant has passed: it would not fire' }] },
  });
});

test.each([
  ['61 * * * *', 'minute: '],
  ['* * * *', 'five fields'],
  ['@every 1s', 'five fields'],
  ['*/0 * * * *', 'minute: '],
  ['0 0 31 2 *', 'day of month and month: '],
  ['*'.repeat(1_000), 'longer than 200 characters'],
  ['0 0 * * MON-FRI#2', 'day of week: '],
])('the expression %s is refused by preview and by saving alike, and the field is named', async (cron, message) => {
  for (const answer of [await preview({ cron }), await create({ cron })]) {
    const errors = [{ path: 'cron', message: expect.stringContaining(message) }];
    expect(answer).toMatchObject({ status: 422, body: { errors } });
  }
});

test.each(['Mars/Olympus', 'UTC+25'])(
  'the time zone %s is refused by preview and by saving alike',
  async (timeZone) => {
    for (const answer of [
      await preview({ cron: '0 9 * * *', timeZone }),
      await create({ cron: '0 9 * * *', timeZone }),
    ])
      expect(answer).toMatchObject({
        status: 422,
        body: { code: 'unknown_time_zone', errors: [{ path: 'timeZone' }] },
      });
  },
);
