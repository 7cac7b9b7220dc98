import { makePipeline } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { beforeEach, expect, test } from 'vitest';
import { openCliHub } from '../testing/open-cli-hub.ts';

const cli = await openCliHub();
const { database, web } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
beforeEach(async () => {
  pipeline = await makePipeline(database);
});

/** Runs `nexomatic sink …` and gives what it said. */
const sink = (args: string[], given: Record<string, string> = {}) =>
  cli.run(['sink', ...args], { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken, ...given });

test('sinks are listed and shown, for people and for programs', async () => {
  const { name, id } = pipeline.sink;
  expect((await sink(['list'])).stdout).toMatch(new RegExp(`^NAME +STATUS.*\n${name} +\\w+`));
  expect((await sink(['show', name])).stdout).toContain(id);
  const { code, stdout } = await sink(['show', id, '--json']);
  expect({ code, shown: JSON.parse(stdout) }).toMatchObject({
    code: 0,
    shown: { sink: { id, name }, transitions: [] },
  });
});

test('a sink is paused, resumed and told to restart, and the hub keeps each as a signal', async () => {
  const { name, id } = pipeline.sink;
  expect(await sink(['pause', name])).toMatchObject({ code: 0, stderr: `${name} is told to pause\n` });
  expect(JSON.parse((await sink(['show', id, '--json'])).stdout).sink.status).toBe('PAUSED');
  expect((await sink(['resume', name])).code).toBe(0);
  const restart = await sink(['restart', name, '--json']);
  expect(JSON.parse(restart.stdout)).toMatchObject({ kind: 'reset', state: 'sent' });
});

test('a sink is revoked only by --yes, and hears no signals after that', async () => {
  const { name } = pipeline.sink;
  expect(await sink(['revoke', name])).toMatchObject({ code: 2, stderr: expect.stringContaining('--yes') });
  expect((await sink(['revoke', name, '--yes'])).code).toBe(0);
  expect(await sink(['drain', name])).toMatchObject({ code: 6, stderr: expect.stringContaining('must join anew') });
});

test('a join token is made for a type of sinks, and its line is all that goes to standard output', async () => {
  const made = await sink(['token', 'create', '--type', pipeline.sinkType.name, '--label', 'zone=eu']);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/^http\S+\/join\/nxj_[\w-]{43}\n$/) });
  expect((await sink(['token', 'create', '--type', 'NONE'])).code).toBe(5);
  expect((await sink(['token', 'create', '--type', pipeline.sinkType.name, '--label', 'zone'])).code).toBe(2);
});

test('who may not, what is not there, and a hub that is away each have a code of their own', async () => {
  expect((await sink(['show', 'nobody'])).code).toBe(5);
  expect((await sink(['list'], { NEXOMATIC_TOKEN: `nxt_${'A'.repeat(43)}` })).code).toBe(4);
  expect((await sink(['list'], { NEXOMATIC_URL: `http://127.0.0.1:${await freePort()}` })).code).toBe(7);
});
