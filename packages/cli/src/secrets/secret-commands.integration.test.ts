import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createNexomatic } from '@nexomatic/client/nexomatic';
import { idToBytes } from '@nexomatic/contracts/id';
import { makeParameter, makePipeline } from '@nexomatic/testkit/factories';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { beforeEach, expect, test } from 'vitest';
import { env } from '../env.ts';
import { openCliHub } from '../testing/open-cli-hub.ts';
import { typeAtTerminal } from '../testing/type-at-terminal.ts';

const cli = await openCliHub();
const { database, web, folder } = cli;

let pipeline: Awaited<ReturnType<typeof makePipeline>>;
beforeEach(async () => {
  pipeline = await makePipeline(database);
});

/** Runs `nexomatic secret …` and gives what it said. */
function secret(
  args: string[],
  { input = '', given = {} }: { input?: string; given?: Record<string, string | undefined> } = {},
) {
  const own = { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken, ...given };
  return cli.run(['secret', ...args], own, input);
}

/** What a sink would be given for the secret. */
async function keptValue(name: string): Promise<string> {
  const { api } = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  const [found] = (await api.secrets.list.query({ search: name })).secrets;
  const version = found?.valueVersion ?? 0;
  const question = 'SELECT box FROM secret_values WHERE secret_id = ? AND version = ?';
  const [row] = await web.services.sql.query<{ box: Buffer }>(question, [idToBytes(found?.id ?? ''), version]);
  const { keyId } = await web.services.tenantKeys.current(pipeline.tenant.id);
  const sealed = { keyId, box: row?.box ?? Buffer.alloc(0) };
  const value = await web.services.tenantKeys.openValue(pipeline.tenant.id, { name, version }, sealed);
  return Buffer.from(value ?? []).toString();
}

test('a value comes from standard input without the line end that echo adds', async () => {
  const said = await secret(['set', 'SHOP_TOKEN', '--stdin'], { input: 'hunter2-canary\n' });
  expect(said).toEqual({
    code: 0,
    stdout: '',
    stderr: 'SHOP_TOKEN is set (version 1); nobody can read it again\n',
  });
  expect(await keptValue('SHOP_TOKEN')).toBe('hunter2-canary');
});

test('a value comes from a file, byte by byte', async () => {
  const file = join(folder, 'key.pem');
  writeFileSync(file, '-----BEGIN KEY-----\r\nabc\r\n-----END KEY-----\r\n');
  expect(await secret(['set', 'DEPLOY_KEY', '--file', file])).toMatchObject({ code: 0 });
  expect(await keptValue('DEPLOY_KEY')).toBe('-----BEGIN KEY-----\r\nabc\r\n-----END KEY-----\r\n');
});

test('a value is generated, and told this once where that is asked for', async () => {
  expect(await secret(['set', 'QUIET', '--generate'])).toMatchObject({ code: 0, stdout: '' });
  expect(await keptValue('QUIET')).toMatch(/^[\w-]{43}$/);
  const { code, stdout } = await secret(['set', 'LOUD', '--generate', '24', '--print']);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${await keptValue('LOUD')}\n` });
  expect(stdout).toMatch(/^[\w-]{32}\n$/);
});

/** Runs `nexomatic secret …` at a terminal. */
function typed(args: string[], answers: Record<string, string>) {
  const own = { NEXOMATIC_URL: web.baseUrl, NEXOMATIC_TOKEN: pipeline.apiToken, PATH: env.PATH };
  return typeAtTerminal(cli.command('secret', ...args), own, answers);
}

test('a value is asked for at a terminal, twice, and not shown there', async () => {
  const twice = { 'Value of SHOP_TOKEN (not shown): ': 'hunter2-canary', 'Again: ': 'hunter2-canary' };
  const { shown, code } = await typed(['set', 'SHOP_TOKEN'], twice);
  expect({ shown, code }).toEqual({ shown: expect.stringContaining('SHOP_TOKEN is set (version 1)'), code: 0 });
  expect(shown).not.toContain('hunter2');
  expect(await keptValue('SHOP_TOKEN')).toBe('hunter2-canary');
  expect(await typed(['set', 'SHOP_TOKEN'], { ...twice, 'Again: ': 'hunter3' })).toMatchObject({
    shown: expect.stringContaining('the two were not the same; nothing was set'),
    code: 2,
  });
});

test('a secret is deleted once its name was typed', async () => {
  await secret(['set', 'SHOP_TOKEN', '--stdin'], { input: 'hunter2' });
  expect(await typed(['rm', 'SHOP_TOKEN'], { 'Type its name: ': 'OTHER' })).toMatchObject({ code: 2 });
  expect(await typed(['rm', 'SHOP_TOKEN'], { 'Type its name: ': 'SHOP_TOKEN' })).toMatchObject({ code: 0 });
  expect(await secret(['refs', 'SHOP_TOKEN'])).toMatchObject({ code: 5 });
});

test('a value that is too short to be masked is set with a warning', async () => {
  const { code, stderr } = await secret(['set', 'PIN', '--stdin'], { input: '1234' });
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('warning: too short to mask') });
});

test.each([
  [['set', 'KEY', 'hunter2'], 'a value is never taken from an argument'],
  [['set', 'KEY'], 'there is no terminal to ask at; give --stdin, --file or --generate'],
  [['set', 'KEY', '--stdin', '--generate'], '--stdin and --generate do not go together'],
  [['set', 'KEY', '--stdin', '--print'], '--print tells a value that --generate makes'],
  [['set', 'KEY', '--generate', '3'], 'Give a number of bytes from 16 to 4096'],
  [['rm'], 'missing required argument'],
])('%j is refused as wrong usage', async (args, message) => {
  const { code, stderr } = await secret(args, { input: 'hunter2' });
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(message) });
  expect(stderr).not.toContain('hunter2');
});

test.each([
  ['a b', 'letters, digits and _ only, not beginning with a digit'],
  ['NX_KEY', 'names that begin with NX_ are kept for the hub'],
])('the name %j is refused in the hub’s words', async (name, why) => {
  const said = await secret(['set', name, '--stdin'], { input: 'hunter2' });
  expect(said).toMatchObject({ code: 1, stderr: expect.stringContaining(why) });
});

test('an empty value is refused', async () => {
  expect(await secret(['set', 'KEY', '--stdin'])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('the value is empty'),
  });
});

test('the list shows what is set, what is not, and what is referred to in vain', async () => {
  await secret(['set', 'SHOP_TOKEN', '--stdin'], { input: 'hunter2' });
  await makeParameter(database, pipeline.action, { key: 'a', kind: 'SECRET', value: 'LOST_TOKEN' });
  const { stdout } = await secret(['list']);
  expect(stdout.split('\n').map((line) => line.replaceAll(/ {2,}/g, '|').replace(/\d{4}-\S+ \S+Z/, 'TIME'))).toEqual([
    'NAME|STATE|VERSION|SET|LAST USED|USED BY',
    'LOST_TOKEN|missing|-|-|-|1',
    'SHOP_TOKEN|ok|1|TIME|-|0',
    '',
  ]);
  const told = JSON.parse((await secret(['list', '--json'])).stdout);
  expect(told).toMatchObject({ secrets: [{ name: 'SHOP_TOKEN', valueVersion: 1 }], missing: [{ name: 'LOST_TOKEN' }] });
});

test('references are listed, and keep a secret from being deleted unless that is forced', async () => {
  await secret(['set', 'SHOP_TOKEN', '--stdin'], { input: 'hunter2' });
  await makeParameter(database, pipeline.action, { key: 'a', kind: 'SECRET', value: 'SHOP_TOKEN' });
  const { stdout } = await secret(['refs', 'SHOP_TOKEN']);
  expect(stdout).toContain(pipeline.action.id);
  expect(await secret(['rm', 'SHOP_TOKEN', '--yes'])).toMatchObject({
    code: 6,
    stderr: expect.stringContaining(pipeline.action.name),
  });
  expect(await secret(['rm', 'SHOP_TOKEN', '--force'])).toMatchObject({ code: 2 });
  expect(await secret(['rm', 'SHOP_TOKEN', '--yes', '--force'])).toMatchObject({ code: 0 });
  expect(await secret(['refs', 'SHOP_TOKEN'])).toMatchObject({ code: 0, stderr: expect.stringContaining('no secret') });
  expect(await secret(['rm', 'SHOP_TOKEN', '--yes'])).toMatchObject({ code: 5 });
  expect(await secret(['refs', 'NEVER_THERE'])).toMatchObject({ code: 5 });
});

test('a token that is not valid ends it with exit code 4, a hub that is away with 7, and none at all with 2', async () => {
  expect(await secret(['list'], { given: { NEXOMATIC_TOKEN: 'nxt_no' } })).toMatchObject({ code: 4 });
  expect(await secret(['list'], { given: { NEXOMATIC_URL: 'http://127.0.0.1:9' } })).toMatchObject({ code: 7 });
  const none = { NEXOMATIC_URL: undefined, NEXOMATIC_TOKEN: undefined };
  expect(await secret(['list'], { given: none })).toMatchObject({
    code: 2,
    stderr: 'error usage: --url (or NEXOMATIC_URL) is missing\n',
  });
});

/** A real agent, for as long as the test runs. */
function startAgent(): Disposable {
  const agent = fileURLToPath(new URL('../../../../apps/sink/src/main.ts', import.meta.url));
  const child = spawn(process.execPath, [agent, 'run'], {
    env: {
      PATH: env.PATH,
      NEXOMATIC_HUB_URL: web.baseUrl,
      NEXOMATIC_SINK_TOKEN: pipeline.sinkToken,
      NEXOMATIC_MODULES: folder,
      NEXOMATIC_STATE_DIR: join(folder, 'agent'),
    },
    stdio: 'ignore',
  });
  return { [Symbol.dispose]: () => child.kill('SIGKILL') };
}

test('a secret is tried on a sink, which tells length and fingerprint alone', async () => {
  const { name, id } = pipeline.sink;
  const { api } = createNexomatic({ url: web.baseUrl, token: pipeline.apiToken });
  const check = (...args: string[]) => secret(['check', 'SHOP_TOKEN', '--sink', name, ...args]);
  expect(await check()).toMatchObject({ code: 5, stderr: 'error not_found: there is no secret SHOP_TOKEN\n' });
  await secret(['set', 'SHOP_TOKEN', '--stdin'], { input: 'hunter2-canary' });
  expect(await secret(['check', 'SHOP_TOKEN', '--sink', 'nobody'])).toMatchObject({ code: 5 });
  expect(await check()).toMatchObject({ code: 6, stderr: expect.stringContaining(`${name} is away`) });
  using _agent = startAgent();
  const present = async () => (await api.sinks.get.query({ id })).presence;
  await waitFor(present, { what: 'the agent to be there', timeoutMs: 30_000 });
  const { code, stdout } = await check();
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^\S+ opens SHOP_TOKEN: 14 bytes, fingerprint [0-9a-f]{8}\n$/),
  });
  expect(JSON.parse((await check('--json')).stdout)).toMatchObject({ outcome: 'same', size: 14 });
});
