import { createNexomatic } from '@nexomatic/client/nexomatic';
import { makeKeyedSink } from '@nexomatic/hub/server/secrets/testing/keyed-sink';
import { makePipeline } from '@nexomatic/testkit/factories';
import { beforeEach, expect, test } from 'vitest';
import { env } from '../env.ts';
import { openCliHub } from '../testing/open-cli-hub.ts';
import { typeAtTerminal } from '../testing/type-at-terminal.ts';

const cli = await openCliHub();
const { database, web } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
let one: Awaited<ReturnType<typeof makeKeyedSink>>;
let two: typeof one;
beforeEach(async () => {
  pipeline = await makePipeline(database);
  one = await makeKeyedSink(database, pipeline.sinkType, { name: 'one' });
  two = await makeKeyedSink(database, pipeline.sinkType, { name: 'two' });
});

const given = () => ({ NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken });
const secret = (args: string[], input = '') => cli.run(['secret', ...args], given(), input);
const typed = (args: string[], answers: Record<string, string>) =>
  typeAtTerminal(cli.command('secret', ...args), { ...given(), PATH: env.PATH }, answers);
const set = (...sinks: string[]) =>
  secret(['set', 'KEY', '--stdin', '--end-to-end', ...sinks.flatMap((sink) => ['--sink', sink])], 'hunter2-canary');
async function granted() {
  const { api } = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  const [found] = (await api.secrets.list.query({})).secrets;
  return found?.sinks.map(({ name, state }) => `${name} ${state}`);
}

test('a secret is made for sinks whose fingerprints are given, and told what it was sealed to', async () => {
  expect(await set(`one=${one.fingerprint}`, `two=${two.fingerprint.replaceAll(' ', '')}`)).toEqual({
    code: 0,
    stdout: '',
    stderr: `KEY is set (version 1); nobody can read it again\nsealed to one, ${one.fingerprint}\nsealed to two, ${two.fingerprint}\n`,
  });
  expect(await granted()).toEqual(['one ready', 'two ready']);
  expect((await secret(['list'])).stdout).toContain('ok, end-to-end');
  const next = await secret(['set', 'KEY', '--generate']);
  expect(next).toMatchObject({ code: 0, stderr: expect.stringContaining(`sealed to one, ${one.fingerprint}`) });
});

test('a key with another fingerprint than the one that was given is not sealed to', async () => {
  expect(await set(`one=${two.fingerprint}`)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('error seal_key_changed: The hub tells another key of the sink one'),
  });
  expect(await granted()).toBeUndefined();
});

test('whoever sits at the terminal is shown the fingerprint and asked whether it was compared', async () => {
  const args = ['set', 'KEY', '--generate', '--end-to-end', '--sink', 'one'];
  const question = 'show the same on its machine? Type yes: ';
  expect(await typed(args, { [question]: 'no' })).toMatchObject({
    code: 2,
    shown: expect.stringContaining('the keys were not compared; nothing was done'),
  });
  expect(await typed(args, { [question]: 'yes' })).toMatchObject({
    code: 0,
    shown: expect.stringContaining(`one has the key ${one.fingerprint}`),
  });
  expect(await granted()).toEqual(['one ready']);
});

test('another sink is granted it, and it is taken away again; the last only with the loss confirmed', async () => {
  await set(`one=${one.fingerprint}`);
  expect(await secret(['grant', 'KEY', '--sink', `two=${one.fingerprint}`])).toMatchObject({ code: 1 });
  expect(await secret(['grant', 'KEY', '--sink', 'two', '--yes'])).toMatchObject({
    code: 0,
    stderr: 'two gets its value as soon as a sink that has it shares it, or a new one is set\n',
  });
  expect(await granted()).toEqual(['one ready', 'two wanted']);
  const last = await secret(['revoke', 'KEY', '--sink', 'one']);
  expect(last).toMatchObject({
    code: 6,
    stderr: expect.stringContaining('The sink one is the last that has the value'),
  });
  expect(await secret(['revoke', 'KEY', '--sink', 'two'])).toMatchObject({ code: 0 });
  expect(await secret(['revoke', 'KEY', '--sink', 'one', '--confirm-loss'])).toMatchObject({ code: 0 });
  expect(await granted()).toEqual([]);
});

test('a sink is revoked only with the loss confirmed that this would be', async () => {
  await set(`one=${one.fingerprint}`);
  const revoke = (...more: string[]) => cli.run(['sink', 'revoke', 'one', '--yes', ...more], given());
  expect(await revoke()).toMatchObject({ code: 6, stderr: expect.stringContaining('the value of KEY') });
  expect(await revoke('--confirm-loss')).toMatchObject({ code: 0 });
});

test.each([
  [['set', 'KEY', '--stdin', '--end-to-end'], '--end-to-end and --sink go together'],
  [['set', 'KEY', '--stdin', '--sink', 'one'], '--end-to-end and --sink go together'],
  [['set', 'KEY', '--stdin', '--end-to-end', '--sink', 'one'], 'there is no terminal to ask at'],
  [['grant', 'KEY'], "required option '--sink <name>' not specified"],
])('%j is refused as wrong usage', async (args, message) => {
  const { code, stderr } = await secret(args, 'hunter2');
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
});
