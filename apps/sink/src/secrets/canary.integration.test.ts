import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { createBlobs } from '@nexomatic/hub/server/archive/blobs';
import { archiveAll, archiverIn } from '@nexomatic/hub/server/archive/testing/old-logs';
import { putEndToEnd } from '@nexomatic/hub/server/secrets/testing/put-end-to-end';
import { silentLogger } from '@nexomatic/logger';
import { connectRedis } from '@nexomatic/queue/connection';
import { testDatabase } from '@nexomatic/testkit/database';
import { makeParameter } from '@nexomatic/testkit/factories';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { joinSite } from '../testing/join-site.ts';
import { openPipeline, openSite, type Site } from '../testing/open-site.ts';
import { tracesOf } from '../testing/traces-of.ts';
import { unpackArchives } from '../testing/unpack-archives.ts';

/** A value that a module tells in every way there is, looked for everywhere but in that module's own memory. */
const database = await testDatabase();
const redisServer = await startPrivateRedis({ appendOnly: true });
const redisUrl = redisServer.url;
let site: Site;
beforeAll(async () => {
  site = await openSite({ database, redisUrl });
  await site.module(
    'talkative',
    `import base64, logging, os, sys, time
def run(ctx):
    value = ctx.secret("token")
    print("plain", value)
    print("base64", base64.b64encode(value.encode()).decode(), file=sys.stderr)
    print("hex", value.encode().hex())
    for letter in "half " + value + "\\n":
        sys.stdout.write(letter); sys.stdout.flush()
    ctx.log.info("told " + value, field=value, **{value: 1})
    logging.getLogger("mine").warning("logged %s", value)
    ctx.progress(0.5, value)
    ctx.warn("warned of " + value)
    while not os.path.exists(ctx.payload["until"]): time.sleep(0.05)
    if ctx.payload["fails"]: raise ValueError(value)
    return {"value": value, value: [value]}
`,
  );
});
afterEach(() => site.killSinks());
afterAll(async () => {
  await site.close();
  await redisServer.discard();
});

/** Everything that the database holds, and everything that Redis does, in memory and in its files, as bytes. */
async function stored(): Promise<Buffer> {
  const tables = await database.sql.query<{ name: string }>(
    'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  const parts: Buffer[] = [];
  for (const { name } of tables) {
    for (const row of await database.sql.query<Record<string, unknown>>(`SELECT * FROM \`${name}\``)) {
      for (const cell of Object.values(row))
        parts.push(cell instanceof Uint8Array ? Buffer.from(cell) : Buffer.from(String(cell)));
      // Long chunks of logs are kept packed, and are looked at unpacked as well.
      if (row.encoding === 'gzip') parts.push(gunzipSync(row.body as Buffer));
    }
  }
  const redis = connectRedis(redisUrl, { role: 'testkit', logger: silentLogger });
  for (const key of await redis.keys('*')) parts.push(Buffer.from(key), (await redis.dumpBuffer(key)) ?? Buffer.of());
  // All commands are in the first files; the snapshot and what the commands are folded into come to them.
  parts.push(...(await redisFiles()));
  await redis.save();
  await redis.bgrewriteaof();
  await waitFor(async () => /aof_rewrite_in_progress:0/.test(await redis.info('persistence')), {
    what: 'Redis to fold its file',
  });
  parts.push(...(await redisFiles()));
  redis.disconnect();
  return Buffer.concat(parts);
}

async function redisFiles(): Promise<Buffer[]> {
  const entries = await readdir(redisServer.directory, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  expect(files.filter((file) => /\.aof$/.test(file))).not.toEqual([]);
  return Promise.all(files.map((file) => readFile(file)));
}

/** Commands that Redis is sent from now on, on a plain socket: ioredis takes one that comes early for an answer. */
async function listenToRedis() {
  const { hostname, port, username, password } = new URL(redisUrl);
  const socket = connect(Number(port), hostname);
  const told = { text: '' };
  socket.setEncoding('latin1').on('data', (text: string) => {
    told.text += text;
  });
  const login = password ? `AUTH ${username || 'default'} ${decodeURIComponent(password)}\r\n` : '';
  socket.write(`${login}MONITOR\r\n`);
  const answers = login ? 2 : 1;
  await waitFor(() => told.text.split('+OK').length > answers, { what: 'Redis to tell what it is sent' });
  return { told, stop: () => socket.destroy() };
}

/** Moves every log to the archive, as a hub does in two months. */
async function archiveLogs(): Promise<void> {
  const services = site.services();
  const blobs = createBlobs({ env: { blobStore: { kind: 'file', folder: site.file('archive') } } });
  await archiveAll(archiverIn({ services: { ...services, blobs } }, 60));
  await blobs.close();
}

type Pipeline = Awaited<ReturnType<typeof openPipeline>>;

/** A sink that is given the value by the hub. */
async function fromHub(pipeline: Pipeline, value: string, transport: string) {
  const secret = await pipeline.secret('token', value);
  return { secret, sink: pipeline.start({ NEXOMATIC_TRANSPORT: transport }) };
}

/** A sink to which the value was sealed, so that nobody but its agent can mask it. */
async function endToEnd(pipeline: Pipeline, value: string, transport: string) {
  const machine = await joinSite(site, pipeline, `canary-${transport}`);
  await makeParameter(database, pipeline.eventType, { key: 'token', kind: 'SECRET', value: 'TOKEN' });
  const given = { name: 'TOKEN', value, sinks: [machine] };
  const secret = await putEndToEnd(site.services(), pipeline.tenant.id, given);
  return { secret, sink: await machine.start({ NEXOMATIC_TRANSPORT: transport }) };
}

it.each([
  { from: fromHub, transport: 'gateway', fails: false },
  { from: fromHub, transport: 'gateway', fails: true },
  { from: fromHub, transport: 'direct', fails: false },
  { from: fromHub, transport: 'direct', fails: true },
  { from: endToEnd, transport: 'gateway', fails: true },
  { from: endToEnd, transport: 'direct', fails: false },
])(
  'no trace of it ($from.name) is left by an event on $transport, failing: $fails',
  async ({ from, transport, fails }) => {
    const value = `canary-${randomBytes(18).toString('hex')}`;
    const forms = [value, Buffer.from(value).toString('base64'), Buffer.from(value).toString('hex')];
    const told = (bytes: Buffer | string) => forms.filter((form) => bytes.includes(form));
    const commands = await listenToRedis();
    const pipeline = await openPipeline(site, 'talkative');
    const { secret, sink } = await from(pipeline, value, transport);
    const until = site.file(`until-${value.slice(-8)}`);
    const event = await pipeline.fire({ until, fails });
    const log = () => pipeline.api.events.logs.query({ id: event });

    await waitFor(async () => JSON.stringify(await log()).includes('warned of ***'), {
      what: 'the module to have told everything',
      timeoutMs: 60_000,
    });
    // While it runs: arguments and environments of all processes, its working folder, the spool.
    expect(await tracesOf(value, site.folder)).toEqual([]);
    await writeFile(until, '');
    const ended = await pipeline.reached(event, fails ? 'ERROR' : 'WARNING', 60_000);

    expect(told(JSON.stringify([ended, await log()]))).toEqual([]);
    expect(JSON.stringify(ended)).toContain('***');
    const rest = await Promise.all([
      pipeline.api.secrets.get.query({ id: secret }),
      pipeline.api.secrets.list.query({}),
      pipeline.api.secrets.versions.query({ id: secret }),
      pipeline.api.audit.list.query({}),
    ]);
    expect(told(JSON.stringify(rest))).toEqual([]);
    expect(told(JSON.stringify(sink.lines) + sink.faults())).toEqual([]);
    const kept = await stored();
    expect(kept.includes(pipeline.tenant.id)).toBe(true);
    expect(kept.includes('warned of ***')).toBe(true);
    expect(told(kept)).toEqual([]);
    await archiveLogs();
    const archived = await unpackArchives(site.file('archive'));
    expect(archived.includes(`"event":"${event}"`) && archived.includes('warned of ***')).toBe(true);
    expect(told(archived)).toEqual([]);
    expect(commands.told.text).toContain(pipeline.tenant.id);
    expect(told(commands.told.text)).toEqual([]);
    expect(await tracesOf(value, site.folder)).toEqual([]);
    commands.stop();
  },
);
