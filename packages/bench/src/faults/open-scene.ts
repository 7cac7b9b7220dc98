import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SinkTransport } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { type SinkProcess, startSink } from '@nexomatic/sink/testing/start-sink';
import { makePipeline, makeSink } from '@nexomatic/testkit/factories';
import { openFaultProxy } from '@nexomatic/testkit/fault-proxy';
import { waitFor } from '@nexomatic/testkit/wait-for';

const lookEveryMs = 5;

/** One line of what the module `tracing` writes while it runs. */
interface Trace {
  attempt: number;
  /** On the clock that all processes of the machine share, in milliseconds. */
  at: number;
}

const modules = {
  quick: 'def run(ctx):\n    return ctx.attempt\n',
  // The first attempt never ends by itself, and does not heed being told to.
  tracing:
    'import signal, time\ndef run(ctx):\n    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    while True:\n        with open(ctx.payload["trace"], "a") as file: file.write("%d %d\\n" % (ctx.attempt, time.monotonic_ns() // 1000))\n        if ctx.attempt > 1: return ctx.attempt\n        time.sleep(0.01)\n',
};

export interface SceneOptions {
  database: Database;
  hubUrl: string;
  redisUrl: string;
  transport: SinkTransport;
  folder: string;
}

/** A tenant with one event type, and agents behind links that can be broken. */
export async function openScene(module: keyof typeof modules, options: SceneOptions, stack: AsyncDisposableStack) {
  const { database, hubUrl, redisUrl, transport } = options;
  const pipeline = await makePipeline(database, { action: { module }, eventType: { rerunWhenLost: true } });
  const folder = join(options.folder, pipeline.sink.id);
  const moduleRoot = join(folder, 'modules');
  mkdirSync(moduleRoot, { recursive: true });
  for (const [name, text] of Object.entries(modules)) writeFileSync(join(moduleRoot, `${name}.py`), text);
  const [hubLink, redisLink] = [stack.use(await openFaultProxy(hubUrl)), stack.use(await openFaultProxy(redisUrl))];
  const trace = join(folder, 'trace');

  async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${pipeline.apiToken}`, 'content-type': 'application/json' };
    const answer = await fetch(`${hubUrl}/api/v1${path}`, {
      method,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  return {
    links: [hubLink, redisLink],
    async start(name: string, token = pipeline.sinkToken): Promise<SinkProcess> {
      const sink = startSink({
        NEXOMATIC_HUB_URL: hubLink.through(hubUrl),
        NEXOMATIC_SINK_TOKEN: token,
        NEXOMATIC_TRANSPORT: transport,
        ...(transport === 'direct' ? { REDIS_URL: redisLink.through(redisUrl) } : {}),
        NEXOMATIC_MODULES: moduleRoot,
        NEXOMATIC_STATE_DIR: join(folder, name),
      });
      stack.defer(async () => {
        sink.child.kill('SIGKILL');
        await sink.ended();
      });
      await sink.line('agent.ready');
      return sink;
    },
    anotherToken: async () => (await makeSink(database, pipeline.sinkType)).token,
    fire: async () =>
      (await call<{ id: string }>('POST', '/events', { type: pipeline.eventType.name, payload: { trace } })).id,
    revoke: () => call('POST', `/sinks/${pipeline.sink.id}/revoke`, {}),
    succeeded: (id: string, withinMs: number) =>
      until(
        `${id} to be SUCCESS`,
        withinMs,
        async () => (await call<{ state: string }>('GET', `/events/${id}`)).state === 'SUCCESS',
      ),
    /** What the module has written, once there are so many lines. */
    async traces(least: number): Promise<Trace[]> {
      let found: Trace[] = [];
      await until('the module to run', 60_000, async () => {
        found = readTraces(trace);
        return found.length >= least;
      });
      return found;
    },
  };
}

function readTraces(file: string): Trace[] {
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return []; // nothing has run yet
  }
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => line.split(' ').map(Number))
    .map(([attempt = 0, micros = 0]) => ({ attempt, at: micros / 1_000 }));
}

const until = (what: string, timeoutMs: number, isSo: () => Promise<boolean>): Promise<unknown> =>
  waitFor(isSo, { what, timeoutMs, everyMs: lookEveryMs });
