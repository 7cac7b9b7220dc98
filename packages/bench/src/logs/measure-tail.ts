import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Id } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import type { Database } from '@nexomatic/db/database';
import { readEvents } from '@nexomatic/hub/http/testing/read-events';
import { startSink } from '@nexomatic/sink/testing/start-sink';
import { makePipeline } from '@nexomatic/testkit/factories';
import { microseconds } from '../measure/instant.ts';
import { spreadOf } from '../measure/spread.ts';
import type { HubProcess } from '../pipeline/start-hub.ts';
import { fireEvent } from './fire-event.ts';

/** Prints what time it is, on the clock that all processes of the machine share, once everybody listens. */
const moduleText = `import time
def run(ctx):
    time.sleep(3)
    for _ in range(ctx.payload["lines"]):
        print(time.monotonic_ns() // 1000, flush=True)
        time.sleep(0.05)
`;

const cases = [
  { tailers: 1, hubs: 1 },
  { tailers: 50, hubs: 1 },
  { tailers: 1, hubs: 2 },
  { tailers: 50, hubs: 2 },
];

export interface TailFigures {
  tailers: number;
  hubs: number;
  p50: number;
  p99: number;
  /** Lines that a tailer was not given, or was given twice. */
  wrong: number;
}

/** From a module's print in a real agent of the first hub until the line is at subscribers of the last one. */
export async function measureTail(
  database: Database,
  hubs: readonly [HubProcess, HubProcess],
  { folder, lines }: { folder: string; lines: number },
  say: (text: string) => void,
): Promise<TailFigures[]> {
  const pipeline = await makePipeline(database, { action: { module: 'clock' } });
  const modules = join(folder, 'modules');
  mkdirSync(modules, { recursive: true });
  writeFileSync(join(modules, 'clock.py'), moduleText);
  const sink = startSink({
    NEXOMATIC_HUB_URL: hubs[0].url,
    NEXOMATIC_SINK_TOKEN: pipeline.sinkToken,
    NEXOMATIC_MODULES: modules,
    NEXOMATIC_STATE_DIR: join(folder, 'sink'),
  });
  try {
    await sink.line('agent.ready');
    const figures: TailFigures[] = [];
    for (const one of cases) {
      say(`${one.tailers} tailers, ${one.hubs} hubs`);
      const id = await fireEvent(database.sql, pipeline, { payload: { lines } });
      const { url } = one.hubs === 1 ? hubs[0] : hubs[1];
      const all = await Promise.all(Array.from({ length: one.tailers }, () => tail(url, pipeline.apiToken, id)));
      const wrong = all.filter(({ length }) => length !== lines).length;
      figures.push({ ...one, ...spreadOf(all.flat()), wrong });
    }
    return figures;
  } finally {
    sink.child.kill('SIGTERM');
    await sink.ended();
  }
}

/** How long each line took to a subscriber, in milliseconds. */
async function tail(url: string, token: string, id: Id<'event'>): Promise<number[]> {
  const query = new URLSearchParams({ input: JSON.stringify({ id }) });
  const answer = await fetch(`${url}/trpc/events.followLog?${query}`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const times: number[] = [];
  for await (const { event, data } of readEvents(answer)) {
    if (event !== 'message') continue;
    const now = microseconds();
    const { entries, complete } = data as { entries: LogEntry[]; complete: boolean };
    times.push(
      ...entries.filter(({ channel }) => channel === 'stdout').map(({ text }) => (now - Number(text)) / 1_000),
    );
    if (complete) break;
  }
  return times;
}

/** As Markdown. */
export function tailReport(figures: TailFigures[]): string[] {
  return [
    '| tailers | hubs | p50 ms | p99 ms | tailers that missed a line or had one twice |',
    '|---|---|---|---|---|',
    ...figures.map(
      ({ tailers, hubs, p50, p99, wrong }) =>
        `| ${tailers} | ${hubs} | ${p50.toFixed(0)} | ${p99.toFixed(0)} | ${wrong} |`,
    ),
  ];
}
