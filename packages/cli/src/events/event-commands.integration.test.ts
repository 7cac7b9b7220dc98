import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createNexomatic } from '@nexomatic/client/nexomatic';
import { acceptOne, sinkHand, sinkOf } from '@nexomatic/hub/http/testing/run-event';
import { makeApiToken, makePipeline, makeSource } from '@nexomatic/testkit/factories';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { beforeEach, expect, test } from 'vitest';
import { openCliHub } from '../testing/open-cli-hub.ts';
import { startCommand } from '../testing/start-command.ts';

const cli = await openCliHub();
const { database, web } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let type: string;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  type = pipeline.eventType.name;
});

const given = () => ({ NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken });
const call = (args: string[], input = '') => cli.run(args, given(), input);
const start = (...args: string[]) => startCommand(cli.command(...args), given());
const hub = () => createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
const handOf = (id: Parameters<typeof sinkHand>[2]) => sinkHand(web.services, sinkOf(pipeline), id);
const accept = () => acceptOne(web.services, pipeline);
const eventId = (text: string) => {
  const [id] = /evt_[0-9a-z]{26}/.exec(text) ?? [];
  return id as Parameters<typeof sinkHand>[2];
};
const payloadOf = async (stdout: string) => (await hub().events.get(eventId(stdout))).payload.text;

/** The event that a command made, which still waits, run as a sink would. */
async function runNext(work: (hand: ReturnType<typeof handOf>) => Promise<void>): Promise<void> {
  const queued = async () => (await hub().events.list({ state: ['QUEUED'] })).events[0];
  const hand = handOf((await waitFor(queued, { what: 'an event to be made', timeoutMs: 60_000 })).id);
  await hand.claim();
  await work(hand);
}

test('an event is fired with the payload that was given, digit for digit', async () => {
  const { code, stdout, stderr } = await call(['fire', type, '--data', '{"n":12345678901234567890, "x":1.0}']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^evt_[0-9a-z]{26}\n$/);
  expect(await payloadOf(stdout)).toBe('{"n":12345678901234567890, "x":1.0}');
  const file = join(cli.folder, 'payload.json');
  writeFileSync(file, '[1]');
  expect(await payloadOf((await call(['fire', type, '--data', `@${file}`])).stdout)).toBe('[1]');
  expect(await payloadOf((await call(['fire', type, '--data', '-'], '"in"')).stdout)).toBe('"in"');
  expect(await payloadOf((await call(['fire', type])).stdout)).toBe('null');
});

test('fields of a payload are set one by one, and what is there besides stays digit for digit', async () => {
  const sets = ['name=Ada', 'app.replicas=3', 'zip="01"', 'list=[1,2]', 'eq=a=b', 'big=12345678901234567890'];
  const args = sets.flatMap((one) => ['--set', one]);
  expect(await payloadOf((await call(['fire', type, ...args])).stdout)).toBe(
    '{"name":"Ada","app":{"replicas":3},"zip":"01","list":[1,2],"eq":"a=b","big":12345678901234567890}',
  );
  const data = ['--data', '{"n":1.0,"app":{"replicas":1,"ref":"main"}}'];
  expect(await payloadOf((await call(['fire', type, ...data, '--set', 'app.replicas=2'])).stdout)).toBe(
    '{"n":1.0,"app":{"replicas":2,"ref":"main"}}',
  );
});

test('an event is fired later, for one sink, as a source, and once by its key', async () => {
  const { source } = await makeSource(database, pipeline.eventType, { kind: 'CUSTOM', eventTypeId: null });
  const args = ['fire', type, '--sink', pipeline.sink.name, '--source', source.name, '--delay', '2h'];
  const first = await call([...args, '--idempotency-key', 'k', '--json']);
  const again = await call([...args, '--idempotency-key', 'k']);
  expect(JSON.parse(first.stdout)).toMatchObject({ state: 'QUEUED', duplicate: false });
  expect(eventId(again.stdout)).toBe(eventId(first.stdout));
  expect(again.stderr).toContain('was made before');
  const event = await hub().events.get(eventId(first.stdout));
  expect(event).toMatchObject({ source: source.name, reason: 'delayed' });
  expect(Date.parse(event.availableAt) - Date.parse(event.createdAt)).toBe(2 * 3_600_000);
});

test.each([
  ['SUCCESS', [], 0, 'ended in SUCCESS'],
  ['WARNING', [], 0, 'ended in WARNING'],
  ['WARNING', ['--fail-on-warning'], 10, 'error event_warning: '],
  ['ERROR', [], 9, 'ended in ERROR (exception): no'],
] as const)('who waits is told of an event that ended in %s %j by exit code %i', async (state, more, code, text) => {
  const waiting = call(['fire', type, '--wait', ...more]);
  await runNext((hand) => hand.end(state, state === 'ERROR' ? { reason: 'exception', message: 'no' } : {}));
  const { stdout, ...said } = await waiting;
  expect(stdout).toMatch(/^evt_[0-9a-z]{26}\n$/);
  expect(said).toEqual({ code, stderr: expect.stringContaining(text) });
});

test('who asks for the log gets it as it is written, and nothing else at standard output', async () => {
  const running = start('fire', type, '--logs');
  await runNext(async (hand) => {
    await hand.log('stdout', 'one\n');
    await running.shows('one\n');
    await hand.log('stdout', 'two\n');
    await hand.end('SUCCESS');
  });
  expect(await running.ended).toBe(0);
  expect(running.said.out).toBe('one\ntwo\n');
  expect(running.said.err).toMatch(/^evt_\S+\nevt_\S+ ended in SUCCESS\n$/);
});

test('a wait ends after its time, and the event goes on', async () => {
  const { code, stdout, stderr } = await call(['fire', type, '--wait', '--timeout', '1s']);
  expect({ code, stderr }).toEqual({ code: 8, stderr: expect.stringContaining('error timed_out: evt_') });
  expect(await hub().events.get(eventId(stdout))).toMatchObject({ state: 'QUEUED' });
  expect((await call(['fire', type, '--logs', '--timeout', '1s'])).code).toBe(8);
});

test('a finished event is run again, with its payload or another, and waited for', async () => {
  const id = await acceptOne(web.services, pipeline, '{"n":1.0}');
  expect(await call(['rerun', id])).toMatchObject({ code: 6, stdout: '' });
  await handOf(id).claim();
  await handOf(id).end('ERROR', { reason: 'exception' });
  const waiting = call(['rerun', id, '--wait', '--json']);
  await runNext((hand) => hand.end('SUCCESS', { result: { utf8: '"fine"' } }));
  const { event } = JSON.parse((await waiting).stdout);
  expect(event).toMatchObject({
    rerunOf: id,
    state: 'SUCCESS',
    payload: { text: '{"n":1.0}' },
    result: { text: '"fine"' },
  });
  expect(await payloadOf((await call(['rerun', id, '--set', 'n=2'])).stdout)).toBe('{"n":2}');
});

test('events are cancelled one by one, and the first refusal is the exit code', async () => {
  const [waits, runs, ended] = [await accept(), await accept(), await accept()];
  await handOf(runs).claim();
  await handOf(ended).claim();
  await handOf(ended).end('SUCCESS');
  expect(await call(['cancel', waits, ended, runs])).toEqual({
    ...{ code: 6, stdout: '' },
    stderr: expect.stringMatching(
      new RegExp(`^${waits} is cancelled\\n${ended}: .*\\n${runs} runs; its sink is told to end it\\nerror conflict: `),
    ),
  });
  expect(await hub().events.get(waits)).toMatchObject({ state: 'ERROR', reason: 'cancelled' });
  const other = await accept();
  expect(JSON.parse((await call(['cancel', other, '--json'])).stdout)).toEqual({
    cancelled: [{ id: other, outcome: 'cancelled' }],
  });
});

test('events are listed, the newest first, by the query of the dashboard', async () => {
  const [first, second] = [await accept(), await accept()];
  await handOf(first).claim();
  await handOf(first).end('ERROR', { reason: 'exception', message: 'no\nway' });
  const { stdout } = await call(['events']);
  expect(stdout).toMatch(
    new RegExp(
      `^CREATED .*\\n\\S+ +▶ QUEUED +${type} +${second}.*\\n\\S+ +✗ ERROR +${type} +${first} .* exception: no way\\n$`,
    ),
  );
  expect((await call(['events', 'state:error', '--since', '1h'])).stdout).not.toContain(second);
  const { events, more } = JSON.parse((await call(['events', '-n', '1', '--json'])).stdout);
  expect({ events, more }).toMatchObject({ events: [{ id: second }], more: true });
  const lines = (await call(['events', '--ndjson'])).stdout.trim().split('\n');
  expect(lines.map((line) => JSON.parse(line).id)).toEqual([second, first]);
  expect((await call(['events', 'type:no.such'])).stderr).toContain('no.such');
  expect(await call(['events', 'stat:error'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('did you mean state'),
  });
});

test('events are watched: a line for each change of a state', async () => {
  const watching = start('events', `type:${type}`, '--watch');
  const id = await accept();
  await watching.shows(`QUEUED  ${id}`);
  await handOf(id).claim();
  await watching.shows(`RUNNING  ${id}`);
  await handOf(id).end('WARNING');
  await watching.shows(`WARNING  ${id}`);
  watching.child.kill('SIGINT');
  await watching.ended;
  expect(watching.said.out.match(/[▶●▲] [A-Z]+/g)).toEqual(['▶ QUEUED', '● RUNNING', '▲ WARNING']);
});

test('an event is shown with what became of it', async () => {
  const id = await acceptOne(web.services, pipeline, '{"name":"Ada"}');
  await handOf(id).claim();
  await handOf(id).end('SUCCESS', { result: { utf8: '{"greeting":"Hello"}' } });
  const { stdout } = await call(['event', 'show', id]);
  expect(stdout).toMatch(new RegExp(`^EVENT +${id}\\ntype +${type}\\nstate +✓ SUCCESS\\n`));
  expect(stdout).toContain(`attempt 1  SUCCESS on ${pipeline.sink.name}\n`);
  expect(stdout).toMatch(/\n\nPAYLOAD\n\{"name":"Ada"\}\n\nRESULT\n\{"greeting":"Hello"\}\n$/);
  expect(JSON.parse((await call(['event', 'show', id, '--json'])).stdout)).toMatchObject({ event: { id } });
});

test('the page of an event is opened by what the system opens addresses with', async () => {
  const id = await accept();
  const address = `${web.baseUrl}/go/${id}`;
  const opened = join(cli.folder, 'opened');
  const program = join(cli.folder, 'xdg-open');
  writeFileSync(program, `#!/bin/sh\nprintf %s "$1" > '${opened}.new'\nmv '${opened}.new' '${opened}'\n`);
  chmodSync(program, 0o755);
  const env = { ...given(), PATH: `${cli.folder}:/bin:/usr/bin` };
  expect(await cli.run(['event', 'open', id], env)).toEqual({ code: 0, stdout: `${address}\n`, stderr: '' });
  expect(await waitFor(() => readFileSync(opened, 'utf8'), { what: 'it to be opened' })).toBe(address);
  expect((await call(['event', 'open', id, '--print'])).stdout).toBe(`${address}\n`);
});

test('what can not be is told with its exit code', async () => {
  const id = await accept();
  const wrong = (text: string) => ({ code: 2, stdout: '', stderr: expect.stringContaining(text) });
  expect(await call(['fire', type, '--set', 'name'])).toEqual(wrong('--set takes name=value, not name'));
  expect(await call(['fire', type, '--data', '[1]', '--set', 'a=1'])).toEqual(wrong('--set sets in an object'));
  expect(await call(['fire', type, '--set', 'a=1', '--set', 'a.b=1'])).toEqual(wrong('a is there already'));
  expect(await call(['fire', type, '--data', '@/no/such'])).toEqual(wrong("/no/such can't be read"));
  expect(await call(['fire', type, '--delay', 'soon'])).toEqual(wrong('90s, 10m, 2h or 3d'));
  expect(await call(['fire', type, '--delay', '1m', '--at', '2088-01-01T00:00:00Z'])).toEqual(wrong('--at'));
  expect(await call(['event', 'show', 'evt_1'])).toEqual(wrong('evt_1 is no id of an event'));
  expect(await call(['cancel', id, 'evt_1'])).toEqual(wrong('evt_1 is no id of an event'));
  expect(await call(['fire', 'no.such'])).toMatchObject({ code: 5, stdout: '' });
  expect(await call(['fire', type, '--data', '{'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('invalid_json'),
  });
  const { token } = await makeApiToken(database, pipeline.tenant.id, { scopes: 'events.read' });
  expect(await cli.run(['cancel', id], { ...given(), NEXOMATIC_TOKEN: token })).toMatchObject({ code: 4 });
  const stranger = (await makePipeline(database)).apiToken;
  expect(await cli.run(['event', 'show', id], { ...given(), NEXOMATIC_TOKEN: stranger })).toMatchObject({ code: 5 });
});
