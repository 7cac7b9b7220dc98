import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
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
