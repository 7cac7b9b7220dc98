import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { testDatabase } from '@nexomatic/testkit/database';
import { testRedis } from '@nexomatic/testkit/redis';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { openPipeline, openSite, type Site } from '../testing/open-site.ts';

const secret = 'correct horse "battery" staple';

/** Tells its secret before the hub goes away and while it is away; the test says when by files. */
const module = `
import os, sys, time

def run(ctx):
    token, folder = ctx.secret("token"), ctx.payload["folder"]
    print("early", token, flush=True)
    print("error", token, file=sys.stderr)
    ctx.log.info(f"record {token}", value=token)
    open(os.path.join(folder, "told"), "w").close()
    while not os.path.exists(os.path.join(folder, "go on")):
        time.sleep(0.02)
    for byte in f"late {token}\\n".encode():
        sys.stdout.buffer.write(bytes([byte]))
        sys.stdout.buffer.flush()
    ctx.progress(0.5, f"halfway through {token}")
    if ctx.payload["fail"]:
        raise ValueError(f"no use for {token}")
    ctx.warn(f"careful with {token}")
    return {"token": token, "count": 12345678901234567890, token: [token]}
`;

let site: Site;
beforeAll(async () => {
  site = await openSite({ database: await testDatabase(), redisUrl: await testRedis() });
  await site.module('leaky', module);
});
afterEach(() => site.killSinks());
afterAll(() => site.close());

const spoolIn = async (folder: string): Promise<string> => {
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ndjson'));
  return (await Promise.all(files.map((name) => readFile(path.join(folder, name), 'utf8')))).join('');
};

it.each([
  { ends: 'well', fail: false, state: 'WARNING', message: 'careful with ***' },
  { ends: 'with an exception', fail: true, state: 'ERROR', message: 'ValueError: no use for ***' },
] as const)(
  'no secret of an attempt that ends $ends leaves its sink, and none gets into its spool or its own log',
  async ({ fail, state, message }) => {
    const [folder, stateFolder] = [path.join(site.folder, state), path.join(site.folder, `${state}-state`)];
    await mkdir(folder);
    const pipeline = await openPipeline(site, 'leaky');
    await pipeline.secret('token', secret);
    const sink = pipeline.start({ NEXOMATIC_STATE_DIR: stateFolder, NEXOMATIC_LOG_LEVEL: 'debug' });
    const id = await pipeline.fire({ folder, fail });
    await waitFor(() => existsSync(path.join(folder, 'told')), { what: 'the module to tell', timeoutMs: 30_000 });
    await waitFor(async () => (await pipeline.api.events.logs.query({ id })).entries.length >= 3, {
      what: 'the first lines to be at the hub',
      timeoutMs: 20_000,
    });

    await site.stopHub();
    await writeFile(path.join(folder, 'go on'), '');
    await sink.line('attempt.finished', { told: 'spooled' });
    const spool = await spoolIn(stateFolder);
    expect(spool).toContain('late ***');
    expect(spool).toContain(message);

    await site.startHub();
    const event = await pipeline.reached(id, state, 30_000);
    expect(event.message).toBe(message);
    if (!fail) expect(event.result?.text).toBe('{"token":"***","count":12345678901234567890,"***":["***"]}');
    const { entries } = await pipeline.api.events.logs.query({ id });
    const texts = entries.map(({ text }) => text);
    expect(texts).toEqual(
      expect.arrayContaining(['early ***', 'error ***', 'record ***', 'late ***', 'halfway through ***']),
    );
    for (const told of [spool, JSON.stringify(sink.lines), sink.faults(), JSON.stringify([event, entries])]) {
      expect(told).not.toMatch(/correct horse|battery|staple/);
    }
  },
);
