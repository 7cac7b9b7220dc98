import { createNexomatic } from '@nexomatic/client/nexomatic';
import { fireDue } from '@nexomatic/hub/server/schedules/fire-due';
import { makePipeline } from '@nexomatic/testkit/factories';
import { beforeEach, expect, test } from 'vitest';
import { env } from '../env.ts';
import { openCliHub } from '../testing/open-cli-hub.ts';
import { typeAtTerminal } from '../testing/type-at-terminal.ts';

const cli = await openCliHub();
const { database, web } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
beforeEach(async () => {
  pipeline = await makePipeline(database);
});

const given = () => ({ NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken });
const call = (args: string[], input = '') => cli.run(args, given(), input);
const schedule = (...args: string[]) => call(['schedule', ...args]);
const read = (name: string) => createNexomatic({ url: web.baseUrl, token: pipeline.apiToken }).schedules.get(name);
const create = (name: string, ...more: string[]) =>
  schedule('create', name, '--type', pipeline.eventType.name, '--cron', '30 2 * * *', '--tz', 'Europe/Berlin', ...more);

test('a schedule is made switched on, listed, shown and deleted', async () => {
  expect(await create('nightly', '--data', '{"n":12345678901234567890}', '--sink', pipeline.sink.name)).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: expect.stringMatching(/^nightly is made; next run \d{4}-\d\d-\d\d \d\d:30Z\n$/),
  });
  expect(await read('nightly')).toMatchObject({
    ...{ enabled: true, cron: '30 2 * * *', payload: '{"n":12345678901234567890}' },
    pinnedSinkId: pipeline.sink.id,
  });
  expect((await schedule('list')).stdout).toMatch(/^NAME .*\nnightly +on +\S+ \S+ +30 2 \* \* \* +Europe\/Berlin/);
  expect((await schedule('list', '--status', 'off')).stdout).not.toContain('nightly');
  expect((await schedule('show', 'nightly')).stdout).toContain('30 2 * * * in Europe/Berlin');
  expect(await schedule('delete', 'nightly')).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
  expect(await schedule('delete', 'nightly', '--yes')).toMatchObject({ code: 0, stderr: 'nightly is deleted\n' });
  expect(await schedule('show', 'nightly')).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('no schedule nightly'),
  });
});

test('what is not named stays when a schedule is edited', async () => {
  await create('nightly', '--jitter', '30', '--overlap', 'skip', '--ends', '2088-01-01T00:00:00Z');
  expect(await schedule('edit', 'nightly', '--cron', '0 3 * * *', '--ends', 'none')).toMatchObject({ code: 0 });
  const changed = { cron: '0 3 * * *', endsAt: null, jitterSeconds: 30, overlap: 'skip', timeZone: 'Europe/Berlin' };
  expect(await read('nightly')).toMatchObject(changed);
  expect(await schedule('edit', 'nightly', '--at', '2088-01-01T00:00:00Z')).toMatchObject({ code: 0 });
  expect(await read('nightly')).toMatchObject({ kind: 'at', cron: null, at: '2088-01-01T00:00:00.000Z' });
  expect(await schedule('edit', 'nightly')).toMatchObject({ code: 2 });
});

test('a schedule is paused, resumed, switched off and on, and skips its next run', async () => {
  await create('nightly');
  const paused = await schedule('pause', 'nightly', '--note', 'moving', '--until', '2088-01-01T00:00:00Z');
  expect(paused.stderr).toBe('nightly fires nothing for now; it is paused until 2088-01-01 00:00Z\n');
  expect(await read('nightly')).toMatchObject({ status: 'paused', pauseNote: 'moving' });
  expect(await schedule('resume', 'nightly')).toMatchObject({ code: 0 });
  expect((await schedule('skip', 'nightly')).stderr).toMatch(/next run .*, which will be skipped\n$/);
  expect((await schedule('skip', 'nightly', '--undo')).stderr).not.toContain('skipped');
  expect((await schedule('disable', 'nightly')).stderr).toContain('it is switched off');
  expect(await schedule('skip', 'nightly')).toMatchObject({ code: 6 });
  expect((await schedule('enable', 'nightly')).stderr).toContain('next run');
});

test('a schedule is fired by hand, and its history tells the event', async () => {
  await create('nightly');
  const { stdout } = await schedule('run', 'nightly');
  expect(stdout).toMatch(/^evt_\S+\n$/);
  expect((await schedule('history', 'nightly')).stdout).toContain(stdout.trim());
  const { occurrences } = JSON.parse((await schedule('history', 'nightly', '--json')).stdout);
  expect(occurrences).toMatchObject([{ status: 'fired', origin: 'manual', event: { id: stdout.trim() } }]);
});

test('the runs of a past window are fired once their number was agreed to, and not again', async () => {
  await create('nightly');
  const window = ['--from', '2026-01-01T00:00:00Z', '--to', '2026-01-04T00:00:00Z'];
  expect(await schedule('backfill', 'nightly', ...window)).toMatchObject({
    ...{ code: 2, stdout: '' },
    stderr: expect.stringContaining('it would fire 3 runs, 2026-01-01 01:30Z to 2026-01-03 01:30Z'),
  });
  const { stdout, code } = await schedule('backfill', 'nightly', ...window, '--yes');
  expect({ code, events: stdout.trim().split('\n').length }).toEqual({ code: 0, events: 3 });
  expect((await schedule('backfill', 'nightly', ...window, '--yes')).stderr).toContain('3 have fired already');
});

/** Makes it, and has a hub come too late for its next two runs. */
async function holdTwo(name: string): Promise<string> {
  await create(name, '--cron', '*/10 * * * *', '--tz', 'UTC', '--missed', 'all');
  const { nextDueAt } = await read(name);
  const next = Date.parse(nextDueAt ?? '');
  await fireDue(web.services, new Date(next + 15 * 60_000));
  const minute = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `2 runs, ${minute(next)}Z to ${minute(next + 10 * 60_000)}Z`;
}

test('missed runs that are held are listed, and released once their number was agreed to', async () => {
  const what = await holdTwo('often');
  expect(await schedule('held', 'often')).toEqual({
    ...{ code: 0, stdout: expect.stringMatching(/^DUE +HELD SINCE\n(\S+:\d0:00\.000Z +.*Z\n){2}$/) },
    stderr: 'held: 2 runs; --release fires them, --discard lets them go\n',
  });
  expect(JSON.parse((await schedule('held', 'often', '--json')).stdout)).toMatchObject({
    count: 2,
    occurrences: [{ status: 'held' }, { status: 'held' }],
  });
  expect(await schedule('held', 'often', '--release')).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: `error usage: it would release ${what}; there is no terminal to ask at, give --yes or --count 2\n`,
  });
  expect(await schedule('held', 'often', '--release', '--count', '1')).toMatchObject({
    ...{ code: 6, stderr: expect.stringContaining('There are 2 now') },
  });
  const { code, stdout, stderr } = await schedule('held', 'often', '--release', '--yes');
  expect({ code, stderr }).toEqual({ code: 0, stderr: `releases ${what}\n` });
  expect(stdout).toMatch(/^(evt_\S+\n){2}$/);
  expect(await schedule('held', 'often', '--release', '--yes')).toEqual({
    ...{ code: 0, stdout: '', stderr: 'no run is held\n' },
  });
});

test('held runs are let go by their number, or once somebody says yes at a terminal', async () => {
  const what = await holdTwo('often');
  const ask = (answer: string) =>
    typeAtTerminal(
      cli.command('schedule', 'held', 'often', '--discard'),
      { ...given(), PATH: env.PATH },
      {
        [`Discard ${what}? Type yes: `]: answer,
      },
    );
  expect(await ask('no')).toMatchObject({ code: 2, shown: expect.stringContaining('nothing was discarded') });
  expect(await read('often')).toMatchObject({ heldCount: 2 });
  expect(await ask('yes')).toMatchObject({ code: 0, shown: expect.stringContaining('discarded: 2') });
  expect(await read('often')).toMatchObject({ heldCount: 0 });

  await holdTwo('other');
  const discarded = await schedule('held', 'other', '--discard', '--count', '2', '--json');
  expect(JSON.parse(discarded.stdout)).toEqual({ discarded: 2 });
  expect((await schedule('history', 'other', '--status', 'skipped')).stdout).toContain('discarded');
});

test('a run that falls into a blackout of the schedule is told to be skipped', async () => {
  await create('nightly', '--starts', '2088-03-28T00:00:00Z');
  const window = ['--from', '2088-03-28T00:00:00Z', '--until', '2088-03-29T00:00:00Z'];
  await call(['blackout', 'create', 'Freeze', ...window, '--schedule', 'nightly']);
  const { stdout } = await schedule('next', 'nightly', '-n', '2');
  expect(stdout).toContain('28 Mar: 02:30 does not exist, runs 03:30; skipped: blackout Freeze\n');
  expect(stdout.match(/skipped/g)).toHaveLength(1);
});

test('the next runs are told in the zone of the schedule, in UTC and in another zone', async () => {
  await create('nightly', '--starts', '2088-03-28T00:00:00Z');
  const { stdout, stderr } = await schedule('next', 'nightly', '-n', '1', '--tz', 'Asia/Kathmandu');
  expect(
    stdout
      .trim()
      .split('\n')
      .map((line) => line.split(/ {2,}/)),
  ).toEqual([
    ['Europe/Berlin', 'UTC', 'Asia/Kathmandu', 'NOTE'],
    [
      ...['2088-03-28 03:30 +02:00', '2088-03-28 01:30Z', '2088-03-28 07:15'],
      '28 Mar: 02:30 does not exist, runs 03:30',
    ],
  ]);
  expect(stderr).toContain('warning: no run in 5 years');
  expect(await schedule('next', 'nightly', '--tz', 'Mars/Olympus')).toMatchObject({ code: 2 });
});

test('an expression is explained without a schedule, and refused with its field', async () => {
  const { stdout } = await call(['cron', '0 9 * * 1-5', '--tz', 'Europe/Berlin', '-n', '3']);
  expect(stdout).toMatch(/^Europe\/Berlin +UTC +NOTE\n(\d{4}-\d\d-\d\d 09:00 \+0[12]:00 {2}.*Z\n){3}$/);
  expect((await call(['cron', '0 0 13 * 5'])).stderr).toContain('warning: both day fields are set');
  expect(await call(['cron', '61 * * * *'])).toMatchObject({
    ...{ code: 1, stdout: '' },
    stderr: expect.stringContaining('cron: minute: "61" is not within 0 to 59'),
  });
});

test('what does not fit together is wrong usage', async () => {
  expect(await schedule('create', 'x', '--cron', '* * * * *')).toMatchObject({
    ...{ code: 2, stderr: 'error usage: --type is missing: the event type that it fires\n' },
  });
  expect(await create('x', '--at', '2088-01-01T00:00:00Z')).toMatchObject({ code: 2 });
  expect(await schedule('held', 'x', '--yes')).toMatchObject({ code: 2 });
  expect(await schedule('held', 'x', '--release', '--discard', '--yes')).toMatchObject({ code: 2 });
  expect(await schedule('held', 'x', '--release', '--count', '0')).toMatchObject({ code: 2 });
  expect(await schedule('held', 'x')).toMatchObject({ code: 5 });
  expect(await create('x', '--overlap', 'sometimes')).toMatchObject({ code: 2 });
  expect(await schedule('create', 'x', '--type', 'no.such', '--cron', '* * * * *')).toMatchObject({ code: 5 });
});
