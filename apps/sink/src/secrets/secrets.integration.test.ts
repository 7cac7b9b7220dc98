import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { idToBytes } from '@nexomatic/contracts/id';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeJoinToken } from '@nexomatic/testkit/factories';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { callCli } from '../testing/call-cli.ts';
import { openPipeline, openSite, type Site } from '../testing/open-site.ts';
import { startSink } from '../testing/start-sink.ts';

const client = fileURLToPath(new URL('../../../../packages/client/src/define-sink.ts', import.meta.url));

let site: Site;
let home: string;
beforeAll(async () => {
  site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
  home = await mkdtemp(path.join(tmpdir(), 'nexomatic-home-'));
  await site.module('lengthy', 'def run(ctx):\n    return len(ctx.secret("token"))\n');
});
afterEach(() => site.killSinks());
afterAll(async () => {
  await site.close();
  await rm(home, { recursive: true, force: true });
});

it('a sink that joined opens secrets with the key that it joined with, and with its new one while keys are rotated', async () => {
  const pipeline = await openPipeline(site, 'lengthy');
  await pipeline.secret('token', 'twelve chars');
  const { token } = await makeJoinToken(site.database, pipeline.sinkType);
  const dir = path.join(home, 'rotating');
  const cli = (...args: string[]) => callCli(['--dir', dir, ...args]);
  expect(await cli('join', `${site.hubUrl}/join/${token}`)).toMatchObject({ code: 0 });
  const sink = startSink({ NEXOMATIC_CONFIG_DIR: dir, NEXOMATIC_MODULES: site.folder });
  site.sinks.push(sink);
  await sink.line('agent.ready');
  await pipeline.reached(await pipeline.fire({}), 'SUCCESS', 30_000);
  // Events come and go while the keys change.
  const rotation = cli('rotate-key');
  let rotated = false;
  void rotation.finally(() => {
    rotated = true;
  });
  const during: Awaited<ReturnType<typeof pipeline.fire>>[] = [];
  while (!rotated) {
    const id = await pipeline.fire({});
    during.push(id);
    await pipeline.reached(id, 'SUCCESS', 30_000);
  }
  expect(await rotation).toMatchObject({ code: 0 });
  const after = await pipeline.fire({});
  expect((await pipeline.reached(after, 'SUCCESS', 30_000)).result?.text).toBe('12');
  const events = await Promise.all(during.map((id) => pipeline.get(id)));
  expect(events.map(({ result }) => result?.text)).toEqual(during.map(() => '12'));
});

it('a sink that is asked to tries a secret, and what it says of the value is checked and tells its length alone', async () => {
  const pipeline = await openPipeline(site, 'lengthy');
  const value = 'tried on a sink';
  const id = await pipeline.secret('token', value);
  const check = () => pipeline.api.secrets.check.mutate({ id, sinkId: pipeline.sink.id });
  await expect(check()).rejects.toThrow(`The sink ${pipeline.sink.name} is away, so it can not try anything.`);
  const sink = pipeline.start();
  await sink.line('agent.ready');
  await waitFor(async () => (await pipeline.api.sinks.get.query({ id: pipeline.sink.id })).presence, {
    what: 'its first word',
    timeoutMs: 20_000,
  });
  const first = await check();
  expect(first).toMatchObject({ outcome: 'same', size: value.length, message: null });
  expect(first.fingerprint).toMatch(/^[0-9a-f]{8}$/);
  expect((await check()).fingerprint).toBe(first.fingerprint);
  await pipeline.secret('token', 'another one');
  expect((await check()).fingerprint).not.toBe(first.fingerprint);
  const { entries } = await pipeline.api.audit.list.query({ objectId: id });
  const told = entries.map(({ action }) => action).filter((action) => /released|checked/.test(action));
  expect(told).toEqual(Array.from({ length: 3 }, () => ['secret.released', 'secret.checked']).flat());
  const { uses } = await pipeline.api.secrets.uses.query({ id });
  expect(uses.map(({ eventId, sinkId, version }) => [eventId, sinkId, version])).toEqual(
    [2, 1, 1].map((version) => [null, pipeline.sink.id, version]),
  );
  expect(JSON.stringify(sink.lines)).not.toContain(value);
});

it('a sink in TypeScript reads secrets as modules do', async () => {
  const pipeline = await openPipeline(site, 'orders.ship');
  await site.database.sql.run("UPDATE sink_types SET runtime = 'CUSTOM' WHERE id = ?", [
    idToBytes(pipeline.sinkType.id),
  ]);
  await pipeline.secret('token', 'in typescript');
  const file = path.join(site.folder, 'secretive.ts');
  await writeFile(
    file,
    `import { defineSink } from ${JSON.stringify(client)};
export const sink = defineSink({
  type: ${JSON.stringify(pipeline.sinkType.name)},
  run: (ctx) => ({ length: ctx.secret('token').length, params: ctx.params }),
});
`,
  );
  pipeline.start({ NEXOMATIC_SINK_FILE: file });
  const event = await pipeline.reached(await pipeline.fire({}), 'SUCCESS', 30_000);
  expect(event.result?.text).toBe('{"length":13,"params":{}}');
});

it('an event whose secret is not set ends before any code runs, and says which one', async () => {
  const pipeline = await openPipeline(site, 'lengthy');
  await pipeline.secret('token', 'gone in a moment');
  await site.database.sql.run('UPDATE secrets SET value_version = 0 WHERE tenant_id = ?', [
    idToBytes(pipeline.tenant.id),
  ]);
  pipeline.start();
  const event = await pipeline.reached(await pipeline.fire({}), 'ERROR', 30_000);
  expect(event).toMatchObject({
    reason: 'secret_missing',
    message: 'parameter "token": no secret "TOKEN" is set',
    attempts: [],
  });
});
