import { createNexomatic } from '@nexomatic/client/nexomatic';
import { openTestWeb } from '@nexomatic/hub/http/testing/open-test-web';
import { acceptOne, sinkHand, sinkOf } from '@nexomatic/hub/http/testing/run-event';
import { makePipeline } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { beforeEach, expect, test } from 'vitest';
import { env } from '../env.ts';
import { openCliHub } from '../testing/open-cli-hub.ts';
import { startCommand } from '../testing/start-command.ts';
import { typeAtTerminal } from '../testing/type-at-terminal.ts';

const cli = await openCliHub();
const { database, web } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
beforeEach(async () => {
  pipeline = await makePipeline(database, { eventType: { maxAttempts: 2, backoffSeconds: 0 } });
});

const given = () => ({ NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken });
const logs = (...args: string[]) => cli.run(['logs', ...args], given());
const record = (level: string, message: string, fields?: object) =>
  `${JSON.stringify({ at: web.services.clock.now(), level, message, ...(fields ? { fields } : {}) })}\n`;

/** An event with an attempt that runs, and what its sink does. */
async function begin() {
  const id = await acceptOne(web.services, pipeline);
  const hand = sinkHand(web.services, sinkOf(pipeline), id);
  await hand.claim();
  return { id, ...hand };
}

const start = (...args: string[]) => startCommand(cli.command('logs', ...args), given());

test('the log of an event is printed as it was written, with nothing that steers a terminal', async () => {
  const { id, log, end } = await begin();
  await log('stdout', 'plain \u001b[31mred\u001b[0m\u001b]0;title\u0007 text\n');
  await log('record', record('warn', 'disk nearly full\nsee below', { free: 3, path: '/var lib' }));
  await end('SUCCESS');
  expect(await logs(id)).toEqual({
    ...{ code: 0, stderr: '' },
    stdout: 'plain red text\nwarn   disk nearly full\n    see below free=3 path="/var lib"\n',
  });
  const { stdout } = await logs(id, '--timestamps', '--channel', 'stdout');
  expect(stdout).toMatch(/^\d{4}-\d\d-\d\dT\S+Z plain red text\n$/);
});

test('levels have their colours at a terminal, unless NO_COLOR is set', async () => {
  const { id, log } = await begin();
  await log('record', record('warn', 'disk nearly full'));
  const shown = async (more: object) =>
    (await typeAtTerminal(cli.command('logs', id), { ...given(), PATH: env.PATH, ...more }, {})).shown;
  expect(await shown({})).toBe('\u001b[33mwarn  \u001b[0m disk nearly full\r\n');
  expect(await shown({ NO_COLOR: '1' })).toBe('warn   disk nearly full\r\n');
});

test('lines of the log of an event are chosen by level, text and number', async () => {
  const { id, log } = await begin();
  await log('record', record('debug', 'one') + record('warn', 'Two') + record('error', 'three'));
  await log('stdout', 'four\n');
  expect((await logs(id, '--level', 'warn')).stdout).toBe('warn   Two\nerror  three\n');
  expect((await logs(id, '--grep', 'two')).stdout).toBe('warn   Two\n');
  expect((await logs(id, '--since-line', '3')).stdout).toBe('error  three\nfour\n');
});

test('that lines were lost is told whatever lines are asked for', async () => {
  const { id, log, end } = await begin();
  await log('stdout', 'one\n');
  await log('stdout', 'three\n', 1);
  await end('SUCCESS');
  expect((await logs(id, '--grep', 'three')).stdout).toMatch(/^warn {3}.*\bnot reach the hub\b.*\nthree\n$/);
});

test('the log of an event is one JSON document, or one a line', async () => {
  const { id, log } = await begin();
  expect(JSON.parse((await logs(id, '--json')).stdout)).toEqual({ event: id, entries: [] });
  await log('stdout', 'one\ntwo\n');
  const document = JSON.parse((await logs(id, '--json')).stdout);
  expect(document).toMatchObject({
    event: id,
    entries: [
      { line: 1, text: 'one' },
      { line: 2, text: 'two' },
    ],
  });
  const lines = (await logs(id, '--ndjson')).stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line))).toEqual(document.entries);
});

test('a log is followed over all attempts to the end of its event, which the exit code tells', async () => {
  const { id, log, end } = await begin();
  await log('stdout', 'first try\n');
  const { said, ended, shows } = start(id, '--follow');
  await shows('first try\n');
  await end('ERROR', { reason: 'exception', message: 'no' });
  const again = sinkHand(web.services, sinkOf(pipeline), id, 2);
  await waitFor(() => again.claim().then(() => true), { what: 'the second attempt', timeoutMs: 60_000 });
  await again.log('stdout', 'second try\n');
  await shows('second try\n');
  await again.end('ERROR', { reason: 'exit_code', message: 'code 3' });
  expect(await ended).toBe(9);
  expect(said).toEqual({
    out: 'first try\nsecond try\n',
    err: `attempt 2\nerror event_error: ${id} ended in ERROR (exit_code): code 3\n`,
  });
  const one = await logs(id, '--attempt', '1', '--follow');
  expect(one).toMatchObject({ code: 9, stdout: 'first try\n' });
});

test('a log is followed over restarts of the hub, with no line lost or doubled', async () => {
  const open = async (port: number) => {
    const { redisUrl } = web.services.env;
    return openTestWeb({ databaseUrl: database.url, redisUrl, env: { port } });
  };
  const port = await freePort();
  let reader = await open(port);
  const { id, log, end } = await begin();
  const { said, ended, shows } = start(id, '--follow', '--url', reader.baseUrl);
  let number = 0;
  const write = () => {
    number += 1;
    return log('stdout', `line ${number}\n`);
  };
  for (const _ of ['once', 'twice', 'three times']) {
    await write();
    await shows(`line ${number}\n`);
    await Promise.all([reader.close(), write(), write()]);
    await write();
    reader = await open(port);
    await write();
  }
  await end('SUCCESS');
  expect(await ended).toBe(0);
  expect(said.out).toBe(Array.from({ length: number }, (_, i) => `line ${i + 1}\n`).join(''));
  await reader.close();
});

test.each([
  ['SUCCESS', [], 0],
  ['WARNING', [], 0],
  ['WARNING', ['--fail-on-warning'], 10],
] as const)(
  'the log of an event that ended in %s is followed to its end with %j, exit code %i',
  async (state, more, code) => {
    const { id, log, end } = await begin();
    await log('stdout', 'line\n');
    await end(state);
    expect(await logs(id, '--follow', ...more)).toMatchObject({
      ...{ code, stdout: 'line\n' },
      stderr: expect.stringContaining(`${id} ended in ${state}`),
    });
  },
);

test('logs are searched across events, the newest last, and no more than asked for', async () => {
  const one = await begin();
  await one.log('record', record('error', 'connection refused', { host: 'db' }));
  const two = await begin();
  await two.log('stderr', 'connection lost\n');
  const { name } = pipeline.eventType;
  const { stdout, stderr } = await logs('connection', '--since', '1h');
  const at = '\\d{4}-\\d\\d-\\d\\dT\\S+Z';
  expect(stdout).toMatch(
    new RegExp(
      `^${at} error  ${name} ${one.id}  connection refused host=db\\n${at} stderr ${name} ${two.id}  connection lost\\n$`,
    ),
  );
  expect(stderr).toBe('');
  const newest = await logs('connection', '-n', '1');
  expect(newest.stdout).toContain('connection lost');
  expect(newest).toMatchObject({ stderr: expect.stringContaining('the newest 1; there are older ones') });
  const { records, more } = JSON.parse((await logs('connection', '-n', '1', '--json')).stdout);
  expect({ records, more }).toMatchObject({ records: [{ event: two.id, text: 'connection lost' }], more: true });
  expect(await logs('connection', '--until', '2026-01-01T00:00:00Z')).toEqual({ code: 0, stdout: '', stderr: '' });
  expect((await logs('type:no.such')).stderr).toContain('no.such');
});

test('a search is followed: what is written from then on is shown once', async () => {
  const { log } = await begin();
  await log('stdout', 'needle 1\n');
  const { said, ended, shows, child } = start('needle', '--follow');
  await shows('needle 1\n');
  for (const number of [2, 3, 4]) {
    await log('stdout', `needle ${number}\nhay ${number}\n`);
    await shows(`needle ${number}\n`);
  }
  child.kill('SIGINT');
  await ended;
  expect(said.out.match(/needle \d|hay/g)).toEqual(['needle 1', 'needle 2', 'needle 3', 'needle 4']);
});

test('what does not fit together, or can not be read, is told with its exit code', async () => {
  const { id } = await begin();
  const wrong = (text: string) => ({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
  expect(await logs(id, '--limit', '3')).toEqual(wrong('--limit is for searches'));
  expect(await logs('needle', '--since-line', '3')).toEqual(wrong('--since-line is for the log of one event'));
  expect(await logs('evt_01')).toEqual(wrong('evt_01 is no id of an event'));
  expect(await logs('needle', '--since', 'yesterday')).toEqual(wrong('--since takes 15m, 24h, 7d or an instant'));
  expect(await logs('needle', '--follow', '--json')).toEqual(wrong('--follow'));
  expect(await logs('needle to:2026-01-01T00:00:00Z', '--follow')).toEqual(wrong('leave to: out'));
  expect(await logs('levle:error')).toMatchObject({ code: 1, stderr: expect.stringContaining('did you mean level') });
  expect(await logs(id, '--attempt', '7')).toMatchObject({ code: 5, stdout: '' });
  const stranger = await makePipeline(database);
  expect(await cli.run(['logs', id, '--follow'], { ...given(), NEXOMATIC_TOKEN: stranger.apiToken })).toMatchObject({
    ...{ code: 5, stdout: '' },
  });
  const nobody = { NEXOMATIC_URL: 'http://127.0.0.1:1', NEXOMATIC_TOKEN: 'nxt_no' };
  expect(await cli.run(['logs', 'needle'], nobody)).toMatchObject({ code: 7 });
  expect(await cli.run(['logs', id, '--follow'], nobody)).toMatchObject({ code: 7 });
});

test('whoever reads no further ends the command without a fault', async () => {
  const { id, log } = await begin();
  const { events } = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  await log('stdout', `${'line\n'.repeat(40_000)}`);
  expect((await events.get(id)).state).toBe('RUNNING');
  const { child, ended, said } = start(id, '--follow');
  await waitFor(() => said.out !== '', { what: 'its first lines', timeoutMs: 60_000 });
  child.stdout.destroy();
  await log('stdout', 'more\n');
  await waitFor(
    async () => {
      await log('stdout', 'more\n');
      return child.exitCode !== null;
    },
    { what: 'its end', timeoutMs: 60_000, everyMs: 200 },
  );
  expect({ code: await ended, err: said.err }).toEqual({ code: 0, err: '' });
});
