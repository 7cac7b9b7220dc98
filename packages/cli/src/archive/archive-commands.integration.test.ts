import { copyFileSync, mkdtempSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import { acceptOne, sinkHand, sinkOf } from '@nexomatic/hub/http/testing/run-event';
import { makeApiToken, makePipeline } from '@nexomatic/testkit/factories';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { openCliHub } from '../testing/open-cli-hub.ts';

/** The hub's clock, by which what was written today is old. */
let aheadMs = 0;
const later = () => (aheadMs += 20 * 24 * 3_600_000);
const folder = mkdtempSync(join(tmpdir(), 'nexomatic-cli-archive-'));
const store = join(folder, 'store');
const cli = await openCliHub({
  clock: { ...systemClock, now: () => systemClock.now() + aheadMs },
  env: { blobStore: { kind: 'file', folder: store } },
});
const { database, web } = cli;
afterAll(() => rmSync(folder, { recursive: true }));

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let token: string;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  token = pipeline.apiToken;
});

const archive = (...args: string[]) =>
  cli.run(['archive', ...args], { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: token });
const json = async (...args: string[]) => JSON.parse((await archive(...args, '--json')).stdout);

/** An event that wrote a line and a record, and ended. */
async function runWithLog() {
  const id = await acceptOne(web.services, pipeline);
  const hand = sinkHand(web.services, sinkOf(pipeline), id);
  await hand.claim();
  await hand.log('stdout', 'an old line\n');
  await hand.log('record', `${JSON.stringify({ at: 1, level: 'info', message: 'an old record', fields: {} })}\n`);
  await hand.end('SUCCESS');
  return id;
}

test('what is due is told, archived when it is asked for, and told to be in the store', async () => {
  await runWithLog();
  expect((await json('status')).kinds).toMatchObject([{ due: 0 }, { due: 0 }]);
  later();
  expect(await json('status')).toMatchObject({
    ...{ store: { kind: 'file', fault: null }, unfinished: 0, oldestHotAt: expect.stringMatching(/Z$/) },
    kinds: [
      { kind: 'output', due: 1, logs: 0, objects: 0 },
      { kind: 'records', due: 1, logs: 0, objects: 0 },
    ],
  });
  expect(await archive('run')).toEqual({ code: 0, stdout: '', stderr: 'archived: 2 logs; forgotten: 0 logs\n' });
  const { stdout } = await archive('status');
  expect(stdout).toMatch(/^STORE +a folder\nstate +ok\n/);
  expect(stdout).toMatch(/\noldest log in the database +-\n/);
  expect(stdout).toMatch(/\noutput +1 +1 +\d+ B +12 B +\S+ \S+ +0\n/);
  expect(await json('run')).toEqual({ archived: 0, forgotten: 0, done: true });
});

test('while the store fails nothing is archived, the reason is told, and it goes on once it is mended', async () => {
  await runWithLog();
  later();
  renameSync(store, `${store}.away`);
  writeFileSync(store, 'not a folder');
  expect(await archive('run')).toEqual({
    ...{ code: 1, stdout: '' },
    stderr:
      'error archive_unavailable: The store of the archive can not be reached, or takes too long. Logs stay where they are; try again when that is mended.\n',
  });
  expect((await archive('status')).stdout).toMatch(
    /\nstate +failing since .*, 1 failure, tried again .*can not be reached/,
  );
  rmSync(store);
  renameSync(`${store}.away`, store);
  expect(await archive('run')).toMatchObject({ code: 0, stderr: 'archived: 2 logs; forgotten: 0 logs\n' });
  expect((await json('status')).store.fault).toBeNull();
});

test('while a hub is at it, nobody else is let in', async () => {
  await database.sql.run(
    `INSERT INTO instance_settings (name, value) VALUES ('archive.turn', '2999-01-01T00:00:00 other')`,
  );
  expect(await archive('run')).toMatchObject({ code: 6, stderr: expect.stringContaining('try again in a minute') });
  await database.sql.run(`DELETE FROM instance_settings WHERE name = 'archive.turn'`);
});

test('what the store lacks is told, by an exit code of its own, and leftovers are deleted when that is asked for', async () => {
  await runWithLog();
  later();
  await archive('run');
  expect(await archive('check', '--deep')).toEqual({
    ...{ code: 0, stdout: '' },
    stderr: expect.stringMatching(/^read: 2 objects, .*\nin the store: 2 objects, .*\n$/),
  });
  const objects = join(store, 'logs', pipeline.tenant.id);
  const [first = ''] = readdirSync(objects);
  const copy = `${newId('logArchive')}.ndjson.zst`;
  copyFileSync(join(objects, first), join(objects, copy));
  utimesSync(join(objects, copy), new Date(0), new Date(0));
  expect(await archive('check')).toMatchObject({
    ...{ code: 6, stdout: expect.stringMatching(new RegExp(`^OBJECT .*\n\\S*${copy} +leftover +`)) },
    stderr: expect.stringContaining('error conflict: the archive is not as it should be: 1 object\n'),
  });
  expect(await archive('check', '--fix')).toMatchObject({
    code: 0,
    stderr: expect.stringContaining('deleted: 1 leftovers\n'),
  });
  expect(await archive('adopt')).toEqual({ code: 0, stdout: '', stderr: 'taken up: 0 objects with 0 logs\n' });
  rmSync(join(objects, first));
  expect(await archive('check', '--deep')).toMatchObject({
    code: 6,
    stdout: expect.stringMatching(/ missing .*\n.* damaged /),
  });
  expect(await json('check')).toMatchObject({ missingCount: 1, missing: [{ logs: 1 }] });
});

test('logs of an event, or of a type in a time, are asked back, and status tells how many are on their way', async () => {
  const id = await runWithLog();
  later();
  await archive('run');
  expect(await archive('restore', id, '--days', '3')).toMatchObject({
    ...{ code: 0, stdout: '' },
    stderr: expect.stringMatching(/^copied to the database until \S+ \S+: 2 logs, \d+ B; see archive status\n$/),
  });
  const [all, none] = ['2020-01-01T00:00:00Z', '2020-01-02T00:00:00Z'];
  const type = ['--type', pipeline.eventType.name, '--since', all];
  const some = await archive('restore', ...type, '--until', '2088-01-01T00:00:00Z', '--limit', '1', '--json');
  expect(JSON.parse(some.stdout)).toMatchObject({ logs: 1, more: true });
  expect((await archive('status')).stdout).toMatch(/\nasked back +0 in the database, 2 on their way; the first goes /);
  expect((await archive('restore', ...type, '--until', none)).stderr).toBe('no archived log meets that\n');
  expect(await archive('restore', ...type)).toMatchObject({ code: 2, stderr: expect.stringContaining('--until') });
  expect(await archive('restore', id, ...type)).toMatchObject({ code: 2 });
  expect(await archive('restore', '--type', pipeline.eventType.name, '--since', '7d', '--until', none)).toMatchObject({
    ...{ code: 2, stderr: 'error usage: --since takes an instant as 2027-03-28T09:00:00Z, not 7d\n' },
  });
  expect(await archive('restore', id, '--days', '31')).toMatchObject({ code: 2 });
  expect(await archive('restore', newId('event'))).toMatchObject({ code: 5 });
});

test('a token that may not look after the archive is refused', async () => {
  ({ token } = await makeApiToken(database, pipeline.tenant.id, { scopes: 'events.read' }));
  for (const word of ['status', 'run', 'check']) expect(await archive(word)).toMatchObject({ code: 4, stdout: '' });
});
