import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call-cli.ts';

let home: string;
let modules: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'nexomatic-modules-'));
  modules = path.join(home, 'modules');
  await mkdir(modules);
  const files = {
    'hello.py':
      'def run(ctx):\n    """Greets."""\n    ctx.log.info("hi", n=1)\n    return {"name": ctx.payload["name"], "limit": ctx.params.get("limit"), "secret": len(ctx.secret("KEY"))}\n',
    'careful.py': 'def run(ctx):\n    ctx.warn("half done")\n',
    'broken.py': 'def run(ctx):\n    raise ValueError("no such table")\n',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(path.join(modules, name), text);
});
afterAll(() => rm(home, { recursive: true, force: true }));
const cli = (...args: string[]) =>
  callCli(['--dir', path.join(home, 'config'), ...args, '--modules', modules], {
    NEXOMATIC_STATE_DIR: path.join(home, 'state'),
  });

it('a module is run without a hub as an event would, with payload, parameters and secrets', async () => {
  await writeFile(path.join(home, 'key'), 'hunter2\n');
  const secret = `KEY=@${path.join(home, 'key')}`;
  const ran = await cli(
    '--json',
    'test',
    'hello',
    '--data',
    '{"name":"Ada"}',
    '--param',
    'limit=5',
    '--secret',
    secret,
  );
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.stdout)).toMatchObject({
    state: 'SUCCESS',
    result: { name: 'Ada', limit: 5, secret: 7 },
    records: [{ message: 'hi', fields: { n: 1 } }],
  });
  expect(await cli('test', 'hello', '--secret', 'KEY=hunter2')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('can see arguments'),
  });
});

it('ends with 9 where an event would end in ERROR, 10 in WARNING, and says why', async () => {
  expect(await cli('test', 'broken')).toMatchObject({ code: 9, stderr: expect.stringContaining('no such table') });
  expect(await cli('test', 'careful')).toMatchObject({ code: 10, stderr: expect.stringContaining('half done') });
  expect(await cli('test', 'nothing')).toMatchObject({ code: 9, stderr: expect.stringContaining('nothing') });
});

it('modules are listed with what they say of themselves, and a file that can not be read is found', async () => {
  const listed = await cli('--json', 'modules', 'list');
  expect(JSON.parse(listed.stdout).modules).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ summary: 'Greets.', hash: expect.stringMatching(/^[0-9a-f]{64}$/) }),
    ]),
  );
  expect((await cli('modules', 'check')).code).toBe(0);
  await writeFile(path.join(modules, 'typo.py'), 'def run(ctx:\n');
  expect(await cli('modules', 'check')).toMatchObject({ code: 1, stdout: expect.stringContaining('typo.py') });
});

it('a module is described by its docstring and by what it reads, and one that is not there by its nearest', async () => {
  const text =
    'def run(ctx):\n    """Sends a report.\n\n    Parameters:\n      to (str): who gets it\n    """\n    return ctx.params.get("copies")\n';
  await writeFile(path.join(modules, 'report.py'), text);
  const described = await cli('modules', 'describe', 'report');
  expect(described).toMatchObject({ code: 0, stdout: expect.stringContaining('Sends a report.') });
  expect(described.stdout).toMatch(/to\s+str, required – who gets it/);
  expect(described.stdout).toMatch(/copies\s+optional/);
  expect(await cli('modules', 'describe', 'repot')).toMatchObject({
    code: 5,
    stderr: expect.stringContaining('did you mean report.run?'),
  });
});

describe('a recorded run', () => {
  const teller = (end: string) =>
    `def run(ctx):\n    print("key", ctx.secret("KEY"))\n    ctx.log.info("counted", n=12345678901234567890)\n    return {"n": ctx.payload["n"], "key": ctx.secret("KEY")${end}}\n`;
  /** Records the module `teller` with a secret, into a file of that name. */
  async function record(name: string) {
    const file = path.join(home, name);
    await writeFile(path.join(modules, 'teller.py'), teller(''));
    await writeFile(path.join(home, 'secret'), 'pa"ss\n');
    const secret = ['--secret', `KEY=@${path.join(home, 'secret')}`];
    const ran = await cli('test', 'teller', '--data', '{"n":98765432109876543210}', ...secret, '--record', file);
    expect(ran.code).toBe(0);
    return { file, secret, recorded: await readFile(file, 'utf8') };
  }

  it('holds payload, outcome and log to the digit, and no value of a secret', async () => {
    const { file, secret, recorded } = await record('exact.json');
    expect(recorded).not.toMatch(/pa\\*"ss/);
    expect(JSON.parse(recorded)).toMatchObject({
      payload: '{"n":98765432109876543210}',
      secrets: ['KEY'],
      outcome: { state: 'SUCCESS', result: expect.stringContaining('98765432109876543210') },
      stdout: 'key ***\n',
    });
    expect(await cli('test', '--against', file, ...secret)).toMatchObject({
      code: 0,
      stdout: 'teller does what it did (SUCCESS)\n',
    });
  });

  it('is told from one that does something else, with 6 and with what differs', async () => {
    const { file, secret } = await record('other.json');
    await writeFile(path.join(modules, 'teller.py'), teller(', "more": 1'));
    const other = await cli('test', '--against', file, ...secret);
    expect(other).toMatchObject({ code: 6, stdout: expect.stringMatching(/^result: was .*, is .*more/) });
  });

  it('needs the secrets that it was recorded with, and nothing that it holds itself', async () => {
    const { file, secret } = await record('needs.json');
    expect(await cli('test', '--against', file)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--secret KEY=@FILE'),
    });
    expect((await cli('test', '--against', file, ...secret, '--data', '{}')).code).toBe(2);
    expect((await cli('test', '--against', path.join(home, 'secret'))).code).toBe(2);
    expect((await cli('test', 'teller', '--against', file)).code).toBe(2);
  });
});
