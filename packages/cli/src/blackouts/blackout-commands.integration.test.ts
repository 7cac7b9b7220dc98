import { makeApiToken, makePipeline, makeSchedule } from '@nexomatic/testkit/factories';
import { beforeEach, expect, test } from 'vitest';
import { openCliHub } from '../testing/open-cli-hub.ts';

const cli = await openCliHub();
const { database, web } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let token: string;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  token = pipeline.apiToken;
});

const blackout = (...args: string[]) =>
  cli.run(['blackout', ...args], { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: token });
const freeze = ['Freeze', '--from', '2020-01-01T01:00:00+01:00', '--until', '2088-01-01T00:00:00Z'];
const weekly = ['--weekly', 'mon,TUE', '--from', '22:00', '--until', '06:00'];

test('a blackout between two instants is made for every schedule, listed and deleted', async () => {
  expect(await blackout('create', ...freeze)).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: 'Freeze is made; every schedule’s runs are skipped 2020-01-01 00:00Z to 2088-01-01 00:00Z\n',
  });
  expect((await blackout('list')).stdout).toMatch(
    /^NAME .*\nFreeze +every +2020-01-01 00:00Z to 2088-01-01 00:00Z +skips runs +bko_\S+\n$/,
  );
  expect(await blackout('delete', 'Freeze')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
  expect(await blackout('delete', 'Freeze', '--yes')).toMatchObject({ code: 0, stderr: 'Freeze is deleted\n' });
  expect(await blackout('delete', 'Freeze', '--yes')).toMatchObject({ code: 5 });
  expect(JSON.parse((await blackout('list', '--json')).stdout)).toEqual({ blackouts: [] });
});

test('a blackout of every week is made for one schedule, and listed for that one alone', async () => {
  const mine = await makeSchedule(database, pipeline.eventType);
  const other = await makeSchedule(database, pipeline.eventType);
  const made = await blackout(
    'create',
    'Nights',
    ...weekly,
    '--tz',
    'Europe/Berlin',
    '--schedule',
    mine.name,
    '--json',
  );
  expect(JSON.parse(made.stdout)).toMatchObject({
    blackout: {
      ...{ name: 'Nights', scheduleId: mine.id },
      window: { kind: 'weekly', days: ['mon', 'tue'], from: '22:00', until: '06:00', timeZone: 'Europe/Berlin' },
    },
  });
  expect((await blackout('list', '--schedule', mine.name)).stdout).toContain('mon, tue 22:00 to 06:00 Europe/Berlin');
  expect((await blackout('list', '--schedule', other.name)).stdout).not.toContain('Nights');
});

test('a blackout is renamed, moved and made for other schedules, and keeps what is not named', async () => {
  const mine = await makeSchedule(database, pipeline.eventType);
  await blackout('create', 'Nights', ...weekly, '--tz', 'Europe/Berlin');
  const kept = { kind: 'weekly', days: ['mon', 'tue'], from: '22:00', timeZone: 'Europe/Berlin' };
  expect(await blackout('edit', 'Nights', '--until', '05:30', '--schedule', mine.name)).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: `Nights is changed; runs of ${mine.name} are skipped mon, tue 22:00 to 05:30 Europe/Berlin\n`,
  });
  const every = JSON.parse((await blackout('edit', 'Nights', '--name', 'Dark', '--every', '--json')).stdout);
  expect(every.blackout).toMatchObject({ name: 'Dark', scheduleId: null, window: { ...kept, until: '05:30' } });
  const instants = ['--from', '2088-01-01T00:00:00Z', '--until', '2088-01-02T00:00:00Z'];
  expect(await blackout('edit', 'Dark', '--once', ...instants)).toMatchObject({ code: 0 });
  expect((await blackout('list')).stdout).toMatch(/Dark +every +2088-01-01 00:00Z to 2088-01-02 00:00Z +- /);
});

test('an edit of a blackout that names nothing, or not enough for another kind, changes nothing', async () => {
  await blackout('create', ...freeze);
  const usage = (stderr: string) => ({ code: 2, stderr: expect.stringContaining(stderr) });
  expect(await blackout('edit', 'Freeze')).toMatchObject(usage('nothing to change is named'));
  expect(await blackout('edit', 'Freeze', '--weekly', 'mon')).toMatchObject(usage('--from and --until are needed'));
  expect(await blackout('edit', 'Freeze', '--tz', 'UTC')).toMatchObject(usage('--tz is for --weekly'));
  expect(await blackout('edit', 'Freeze', '--schedule', 'a', '--every')).toMatchObject({ code: 2 });
  expect(await blackout('edit', 'Freeze', '--until', '2019-01-01T00:00:00Z')).toMatchObject({ code: 1 });
  expect(await blackout('edit', 'no-such', '--every')).toMatchObject({ code: 5 });
  expect(JSON.parse((await blackout('list', '--json')).stdout).blackouts).toMatchObject([{ version: 1 }]);
});

test('what does not make a window is refused, with the field or the option that is wrong', async () => {
  expect(await blackout('create', 'x', ...weekly)).toMatchObject({
    ...{ code: 2, stderr: 'error usage: --tz is missing: the time zone of --from and --until\n' },
  });
  expect(await blackout('create', ...freeze, '--tz', 'UTC')).toMatchObject({ code: 2 });
  expect(await blackout('create', 'x', '--from', '22:00')).toMatchObject({ code: 2 });
  expect(await blackout('create', 'x', ...weekly, '--weekly', 'monday')).toMatchObject({
    ...{ code: 2, stderr: expect.stringContaining('Give days as in mon,tue') },
  });
  expect(await blackout('create', 'x', ...weekly, '--tz', 'Mars/Olympus')).toMatchObject({ code: 1 });
  expect(await blackout('create', 'x', '--from', '22:00', '--until', '06:00')).toMatchObject({
    ...{ code: 1, stderr: expect.stringContaining('window.from') },
  });
  expect(await blackout('create', ...freeze, '--schedule', 'no-such')).toMatchObject({ code: 5 });
});

test('a token that may only fire events makes no blackout', async () => {
  ({ token } = await makeApiToken(database, pipeline.tenant.id, { scopes: 'events.fire' }));
  expect(await blackout('create', ...freeze)).toMatchObject({ code: 4, stdout: '' });
});
