import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../src/testing/call-cli.ts';
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

describe('an agent that is not of its hub’s version', () => {
  const newer = '97.1.0';
  /** A hub of a newer version, which hands out its own agent. */
  async function newerHub() {
    const root = path.join(folder, 'newer');
    await cp(path.join(folder, 'empty', 'node_modules', '@nexomatic', 'sink'), root, { recursive: true });
    const manifest = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    await writeFile(path.join(root, 'package.json'), JSON.stringify({ ...manifest, version: newer }));
    const packed = await exec('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], {
      cwd: root,
    });
    const [{ filename }] = JSON.parse(packed.stdout.slice(packed.stdout.indexOf('[')));
    const bytes = await readFile(path.join(folder, filename));
    const server = createServer(({ url }, answer) => {
      if (url === '/version') answer.end(JSON.stringify({ name: 'nexomatic-hub', version: newer }));
      else answer.end(bytes);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return { server, url: `http://127.0.0.1:${(server.address() as { port: number }).port}` };
  }

  it('says so, and is brought there where npm had put it', async () => {
    const { server, url } = await newerHub();
    const prefix = path.join(folder, 'global');
    const [file = ''] = (await readdir(folder)).filter((name) => /^nexomatic-sink-(?!97).*\.tgz$/.test(name));
    await exec('npm', ['install', '--offline', '--global', '--prefix', prefix, path.join(folder, file)]);
    const program = path.join(prefix, 'bin', 'nexomatic-sink');
    const { stdout: npm } = await exec('sh', ['-c', 'command -v npm']);
    const environment = {
      NEXOMATIC_HUB_URL: url,
      NEXOMATIC_CONFIG_DIR: path.join(folder, 'nobody'),
      HOME: folder,
      PATH: `${path.dirname(npm.trim())}:${path.dirname(process.execPath)}:/usr/bin:/bin`,
    };
    const upgrade = (...args: string[]) => callCli(['upgrade', ...args], environment, program);
    try {
      expect(await upgrade('--check')).toMatchObject({ code: 6, stdout: expect.stringContaining(newer) });
      expect(await upgrade()).toMatchObject({ code: 0, stdout: expect.stringContaining(`is ${newer} now`) });
      const manifest = path.join(prefix, 'lib', 'node_modules', '@nexomatic', 'sink', 'package.json');
      expect(JSON.parse(await readFile(manifest, 'utf8')).version).toBe(newer);
    } finally {
      server.close();
    }
  });
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
