import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createHubClient } from '@nexomatic/client/hub-client';
import type { EventDetail } from '@nexomatic/contracts/event-api';
import type { Id } from '@nexomatic/contracts/id';
import { putSecret } from '@nexomatic/hub/server/secrets/testing/put-secret';
import type { TestDatabase } from '@nexomatic/testkit/database';
import { type makeEventType, makeParameter, makePipeline } from '@nexomatic/testkit/factories';
import { freePort } from '@nexomatic/testkit/free-port';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { startHub } from './start-hub.ts';
import { type SinkProcess, startSink } from './start-sink.ts';

const demoModules = fileURLToPath(new URL('../../examples/demo', import.meta.url));

/** A module that runs until the file that its payload names as `until` is there, and gives the number of its attempt. */
export const heldModule = `import os, time
def run(ctx):
    while not os.path.exists(ctx.payload["until"]): time.sleep(0.05)
    print("finished", flush=True)
    return ctx.attempt
`;

/** A hub and whatever sinks a test starts for it, on a given database and Redis. */
export type Site = Awaited<ReturnType<typeof openSite>>;

/** Starts the hub; sinks come with `pipeline(…).start()`. */
export async function openSite({ database, redisUrl }: { database: TestDatabase; redisUrl: string }) {
  const port = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-site-'));
  const sinks: SinkProcess[] = [];
  let hub = await startHub({ databaseUrl: database.url, redisUrl, port });
  return {
    database,
    redisUrl,
    folder,
    sinks,
    hubUrl: hub.url,
    /** Of the hub that runs now. */
    services: () => hub.services,
    /** Path of a file that only the test uses. */
    file: (name: string) => path.join(folder, name),
    /** Writes `<name>.py`. */
    module: (name: string, text: string) => writeFile(path.join(folder, `${name}.py`), text),
    stopHub: () => hub[Symbol.asyncDispose](),
    async startHub() {
      hub = await startHub({ databaseUrl: database.url, redisUrl, port });
    },
    async killSinks() {
      for (const sink of sinks.splice(0)) {
        sink.child.kill('SIGKILL');
        await sink.ended();
      }
    },
    async close() {
      await this.killSinks();
      await hub[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A tenant whose one event type runs that module, and the ways to use it. */
export async function openPipeline(site: Site, module: string, eventType: Parameters<typeof makeEventType>[2] = {}) {
  const pipeline = await makePipeline(site.database, { action: { module }, eventType });
  const api = createHubClient({ url: site.hubUrl, token: pipeline.apiToken });
  const secretKeys = new Set<string>();
  const get = (id: Id<'event'>) => api.events.get.query({ id });
  return {
    ...pipeline,
    api,
    get,
    fire: async (payload: unknown) => (await api.events.fire.mutate({ type: pipeline.eventType.name, payload })).id,
    reached: (id: Id<'event'>, state: EventDetail['state'], timeoutMs = 30_000) =>
      waitFor(
        async () => {
          const event = await get(id);
          return event.state === state && event;
        },
        { what: `${id} to be ${state}`, timeoutMs },
      ),
    /** Lets its module read a secret of that value under that key, and gives it another value later. The first comes before any event. */
    async secret(key: string, value: string): Promise<Id<'secret'>> {
      const name = key.toUpperCase();
      const { tenant, eventType: owner } = pipeline;
      if (!secretKeys.has(key)) await makeParameter(site.database, owner, { key, kind: 'SECRET', value: name });
      secretKeys.add(key);
      return putSecret(site.services(), tenant.id, { name, value });
    },
    start(settings: Record<string, string> = {}, token = pipeline.sinkToken): SinkProcess {
      const sink = startSink({
        NEXOMATIC_HUB_URL: site.hubUrl,
        NEXOMATIC_SINK_TOKEN: token,
        NEXOMATIC_TRANSPORT: 'direct',
        REDIS_URL: site.redisUrl,
        NEXOMATIC_MODULES: [demoModules, site.folder].join(path.delimiter),
        NEXOMATIC_STATE_DIR: path.join(site.folder, 'state'),
        ...settings,
      });
      site.sinks.push(sink);
      return sink;
    },
  };
}
