import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { callCli } from '../testing/call-cli.ts';
import { openPipeline, openSite, type Site } from '../testing/open-site.ts';
import { startSink } from '../testing/start-sink.ts';

let site: Site;
let home: string;
beforeAll(async () => {
  site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
  home = await mkdtemp(path.join(tmpdir(), 'nexomatic-home-'));
});
afterEach(() => site.killSinks());
afterAll(async () => {
  await site.close();
  await rm(home, { recursive: true, force: true });
});

let machines = 0;
/** A machine with a config folder of its own, and a tenant that it can join. */
async function machine(given: Parameters<typeof makeJoinToken>[2] = {}) {
  const pipeline = await openPipeline(site, 'hello');
  const { token } = await makeJoinToken(site.database, pipeline.sinkType, given);
  const dir = path.join(home, `machine-${++machines}`);
  const cli = (...args: string[]) => callCli(['--dir', dir, ...args]);
  return {
    ...pipeline,
    dir,
    cli,
    target: `${site.hubUrl}/join/${token}`,
    identity: async () => JSON.parse(await readFile(path.join(dir, 'identity.json'), 'utf8')),
    run() {
      const sink = startSink({ NEXOMATIC_CONFIG_DIR: dir });
      site.sinks.push(sink);
      return sink;
    },
  };
}

describe('a machine that joined', () => {
  it('runs events with nothing but what join has left, and is the same sink after another join', async () => {
    const { cli, target, run, fire, reached, dir, identity, api } = await machine();
    const joined = await cli('join', target, '--name', 'web-01', '--label', 'zone=eu', '--slots', '2');
    expect(joined).toMatchObject({ code: 0, stdout: expect.stringContaining(`joined ${site.hubUrl} as web-01`) });
    expect((await stat(path.join(dir, 'identity.json'))).mode & 0o777).toBe(0o600);
    const sink = run();
    expect(await sink.line('agent.ready')).toMatchObject({ name: 'web-01' });
    const event = await reached(await fire({ name: 'Ada' }), 'SUCCESS');
    expect(event.attempts.at(-1)).toMatchObject({ sink: 'web-01' });
    const told = async () => (await api.sinks.get.query({ id: (await identity()).sinkId })).inventory?.modules;
    await waitFor(async () => (await told())?.some(({ name }) => name.startsWith('hello')), { what: 'its modules' });
    const before = await identity();
    expect((await cli('join', target)).code).toBe(0);
    expect((await identity()).sinkId).toBe(before.sinkId);
    expect((await identity()).keys).toEqual(before.keys);
  });

  it('sends no private key to anybody, and says who it is', async () => {
    const { cli, target, identity } = await machine({ name: 'db-1' });
    const joined = await cli('--json', 'join', target);
    const { keys, sinkId } = await identity();
    expect(joined.stdout).not.toContain(keys.sign.private);
    expect(JSON.parse(joined.stdout)).toMatchObject({ name: 'db-1', sinkId });
    const status = await cli('--json', 'status');
    expect(JSON.parse(status.stdout)).toMatchObject({ id: sinkId, name: 'db-1', status: 'OFFLINE', running: 0 });
  });

  it('gets new keys while it runs, and goes on with them', async () => {
    const { cli, target, run, fire, reached, identity } = await machine();
    await cli('join', target);
    const sink = run();
    await sink.line('agent.ready');
    const before = await identity();
    expect(await cli('rotate-key')).toMatchObject({ code: 0 });
    expect((await identity()).keys).not.toEqual(before.keys);
    await reached(await fire({}), 'SUCCESS', 60_000);
    expect(sink.child.exitCode).toBeNull();
  }, 120_000);

  it('that was revoked ends by itself with the code that no service manager tries again after', async () => {
    const { cli, target, run, api, identity } = await machine();
    await cli('join', target);
    const sink = run();
    await sink.line('agent.ready');
    const { sinkId } = await identity();
    await api.sinks.revoke.mutate({ id: sinkId });
    await sink.line('agent.stopping');
    expect(await sink.ended()).toBe(4);
    expect(sink.faults()).toContain('error unauthenticated:');
    expect((await cli('status')).code).toBe(4);
  });

  it('leaves: its keys open nothing, and it has none any more', async () => {
    const { cli, target, api, identity } = await machine();
    await cli('join', target);
    const { sinkId } = await identity();
    expect(await cli('leave')).toMatchObject({ code: 0, stdout: expect.stringContaining('left') });
    expect((await api.sinks.get.query({ id: sinkId })).credential).toBe('revoked');
    expect(await cli('status')).toMatchObject({ code: 5, stderr: expect.stringContaining('has not joined a hub') });
  });

  it('does not join another hub by the way, and does not trust keys that others can read', async () => {
    const { cli, target, dir } = await machine({ uses: 2, usesLeft: 2 });
    await cli('join', target);
    const elsewhere = await cli('join', target.replace('127.0.0.1', 'localhost'));
    expect(elsewhere).toMatchObject({ code: 6, stderr: expect.stringContaining('leave first') });
    await chmod(path.join(dir, 'identity.json'), 0o644);
    expect(await cli('status')).toMatchObject({ code: 3, stderr: expect.stringContaining('chmod 600') });
  });
});

describe('a machine that can not join', () => {
  it('says whose fault it is and what to do, and ends with a code of its own for each', async () => {
    const { cli, target } = await machine();
    expect(await cli('join', 'nonsense')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^error usage: that is no/),
    });
    expect(await cli('join', `nxj_${'A'.repeat(43)}`)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--hub'),
    });
    const wrong = await cli('join', `${site.hubUrl}/join/nxj_${'A'.repeat(43)}`);
    expect(wrong).toMatchObject({ code: 4, stderr: expect.stringContaining('Make a new one on the page “Add sink”') });
    const nowhere = `http://127.0.0.1:${await freePort()}/join/nxj_${'A'.repeat(43)}`;
    expect(await cli('join', nowhere)).toMatchObject({
      code: 7,
      stderr: expect.stringContaining('can not be reached'),
    });
    expect(await cli('join', target, '--label', 'zone')).toMatchObject({ code: 2 });
    expect(await cli('joni')).toMatchObject({ code: 2, stderr: expect.stringContaining('join') });
  });
});

it('a container joins by one setting, and stays that sink when it starts again', async () => {
  const { target, dir, identity } = await machine();
  const start = () => {
    const sink = startSink({ NEXOMATIC_CONFIG_DIR: dir, NEXOMATIC_JOIN: target });
    site.sinks.push(sink);
    return sink;
  };
  const first = start();
  const { sinkId } = await first.line('agent.ready');
  first.child.kill('SIGTERM');
  expect(await first.ended()).toBe(0);
  expect(await start().line('agent.ready')).toMatchObject({ sinkId });
  await waitFor(async () => (await identity()).sinkId === sinkId, { what: 'the identity to be the same' });
});

it('settings come from flags, environment and file in that order, and are told with where from', async () => {
  const { dir } = await machine();
  const cli = (args: string[], environment = {}) => callCli(['--dir', dir, ...args], environment);
  expect((await cli(['config', 'set', 'slots', '8'])).code).toBe(0);
  expect((await cli(['config', 'set', 'slot', '8'])).stderr).toContain('did you mean slots?');
  const shown = await cli(['--json', 'config', 'show'], { REDIS_URL: 'redis://u:secret@h:1' });
  expect(shown.stdout).not.toContain('secret');
  expect(JSON.parse(shown.stdout).settings).toEqual(
    expect.arrayContaining([
      { name: 'slots', value: '8', origin: 'config file' },
      { name: 'redisUrl', value: 'redis://u:***@h:1', origin: 'environment' },
      { name: 'python', value: null, origin: 'default' },
    ]),
  );
});
