import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import { testDatabase } from '@nexomatic/testkit/database';
import { openFaultProxy } from '@nexomatic/testkit/fault-proxy';
import { startPrivateRedis } from '@nexomatic/testkit/private-servers';
import { heldModule, openPipeline, openSite } from '../testing/open-site.ts';

/** What a module of these tests writes while it runs: one line each 50 ms. */
export interface Trace {
  attempt: number;
  pid: number;
  /** Seconds on the machine's monotonic clock. */
  at: number;
}

const modules = {
  // Says at once what it was given.
  quick: 'def run(ctx):\n    print("ran", flush=True)\n    return {"attempt": ctx.attempt}\n',
  held: heldModule,
  // Prints its secret, leaves word of it in a form that tells nobody what it is, and runs until it may finish.
  secretive:
    'import hashlib, os, time\ndef run(ctx):\n    print("said", ctx.secret("token"), flush=True)\n    digest = hashlib.sha256(ctx.secret("token").encode()).hexdigest()\n    with open(ctx.payload["got"], "w") as file: file.write(digest)\n    while not os.path.exists(ctx.payload["until"]): time.sleep(0.05)\n    return {"attempt": ctx.attempt, "digest": digest}\n',
  // Leaves a trace while it runs; its first attempt never ends by itself, and does not heed being told to.
  tracing:
    'import json, os, signal, time\ndef run(ctx):\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    while True:\n        with open(ctx.payload["trace"], "a") as file: file.write(json.dumps({"attempt": ctx.attempt, "pid": os.getpid(), "at": time.monotonic()}) + "\\n")\n        if ctx.attempt > 1: return ctx.attempt\n        time.sleep(0.05)\n',
  // Starts a child that leaves its session and its group, writes down both, and neither of them ends by itself.
  forking:
    'import os, signal, time\ndef run(ctx):\n    note = lambda: open(ctx.payload["pids"], "a").write(str(os.getpid()) + "\\n")\n    if os.fork() == 0:\n        os.setsid()\n        if os.fork() > 0: os._exit(0)\n        signal.signal(signal.SIGTERM, signal.SIG_IGN)\n        note()\n        while True: time.sleep(1)\n    note()\n    while True: time.sleep(1)\n',
};

/** A real hub, its servers, and sinks of one transport, each behind links that a test can break. */
export type World = Awaited<ReturnType<typeof openWorld>>;

/** Opens the world that all tests of one transport share. */
export async function openWorld(transport: SinkTransport) {
  let redis = await startPrivateRedis();
  const site = await openSite({ database: await testDatabase(), redisUrl: redis.url });
  await Promise.all(Object.entries(modules).map(([name, text]) => site.module(name, text)));

  async function open(module: keyof typeof modules, eventType: Parameters<typeof openPipeline>[2] = {}) {
    const pipeline = await openPipeline(site, module, eventType);
    const [hubLink, redisLink] = [await openFaultProxy(site.hubUrl), await openFaultProxy(redis.url)];
    const file = (name: string): string => path.join(site.folder, `${pipeline.sink.id}-${name}`);
    return {
      ...pipeline,
      hubLink,
      redisLink,
      file,
      start: (settings: Record<string, string> = {}, token?: string) =>
        pipeline.start(
          {
            NEXOMATIC_TRANSPORT: transport,
            NEXOMATIC_HUB_URL: hubLink.through(site.hubUrl),
            // What a gateway does not need it does not get.
            REDIS_URL: transport === 'direct' ? redisLink.through(redis.url) : '',
            NEXOMATIC_STATE_DIR: file('state'),
            ...settings,
          },
          token,
        ),
      /** Fires one event for this sink alone. */
      async pin(payload: unknown): Promise<Id<'event'>> {
        const outcome = await site.services().acceptEvent({
          tenantId: pipeline.tenant.id,
          eventTypeId: pipeline.eventType.id,
          pinnedSinkId: pipeline.sink.id,
          ...accepted(payload),
        });
        if (outcome.kind !== 'accepted') throw new Error(outcome.kind);
        return outcome.eventId;
      },
      /** What its module has written so far. */
      async trace(): Promise<Trace[]> {
        const text = await readFile(file('trace'), 'utf8').catch(() => '');
        return text
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Trace);
      },
    };
  }

  return {
    site,
    open,
    /** Kills Redis and starts it again, empty. */
    async restartRedis() {
      await redis.kill();
      redis = await redis.startAgain();
    },
    async close() {
      await site.close();
      await redis.discard();
    },
  };
}

const accepted = (payload: unknown) => ({
  sourceId: null,
  sourceKind: 'CUSTOM' as const,
  bypassedBy: null,
  receiptId: newId('receipt'),
  dedupeKey: null,
  body: Buffer.from(JSON.stringify(payload)),
  contentType: 'application/json',
  remoteAddress: '127.0.0.1',
  headers: [],
  receivedAt: systemClock.now(),
  rejectOtherBody: false,
});
