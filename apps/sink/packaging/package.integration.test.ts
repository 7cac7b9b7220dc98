import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPipeline, openSite, type Site } from '../src/testing/open-site.ts';

const exec = promisify(execFile);
const agentFolder = fileURLToPath(new URL('..', import.meta.url));

let site: Site;
let folder: string;
beforeAll(async () => {
  site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
  folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-package-'));
});
afterAll(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

/** Packs the agent and installs it in an empty folder, without a registry. Gives the program's path. */
async function install(): Promise<string> {
  const packed = await exec('npm', ['pack', '--json', '--pack-destination', folder], { cwd: agentFolder });
  const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')));
  const empty = path.join(folder, 'empty');
  await mkdir(empty);
  const from = path.join(folder, filename);
  await exec('npm', ['install', '--offline', '--no-audit', '--no-fund', '--prefix', empty, from], { cwd: empty });
  return path.join(empty, 'node_modules', '.bin', 'nexomatic-sink');
}

it('packed and installed in an empty folder, the agent joins a hub and runs an event with no other package', async () => {
  const program = await install();
  const installed = await readdir(path.join(folder, 'empty', 'node_modules'));
  expect(installed.filter((name) => !name.startsWith('.'))).toEqual(['@nexomatic']);
  const pipeline = await openPipeline(site, 'hello');
  const { token } = await makeJoinToken(site.database, pipeline.sinkType);
  const env = {
    PATH: `${path.dirname(process.execPath)}:/usr/bin:/bin`,
    HOME: folder,
    NEXOMATIC_CONFIG_DIR: path.join(folder, 'config'),
  };
  const joined = await exec(program, ['join', `${site.hubUrl}/join/${token}`, '--name', 'packed'], { env });
  expect(joined.stdout).toContain('as packed');
  const agent = spawn(program, ['run'], { env, cwd: '/', stdio: 'ignore' });
  try {
    const event = await pipeline.reached(await pipeline.fire({ name: 'Ada' }), 'SUCCESS', 30_000);
    expect(event.attempts.at(-1)).toMatchObject({ sink: 'packed' });
  } finally {
    const ended = once(agent, 'exit');
    agent.kill('SIGTERM');
    expect((await ended)[0]).toBe(0);
  }
});

it('the package holds the program, the runners and what names it, and nothing of the tests', async () => {
  const root = path.join(folder, 'empty', 'node_modules', '@nexomatic', 'sink');
  const files = await readdir(root, { recursive: true });
  expect(files).toContain(path.join('dist', 'bin', 'nexomatic-sink.mjs'));
  expect(files).toContain(path.join('runners', 'python', '__main__.py'));
  expect(files.filter((file) => /test|\.ts$|__pycache__/.test(file))).toEqual([]);
  const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
  expect(manifest).not.toHaveProperty('dependencies');
});
