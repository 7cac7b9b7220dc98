import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { startBare } from './bare/bare.ts';
import { openPrivateSite } from './open-private-site.ts';
import { type BenchOptions, readOptions, usage } from './options.ts';
import { startPipeline } from './pipeline/pipeline.ts';
import type { Figures } from './report/figures.ts';
import { describePlatform } from './report/platform.ts';
import { reportText } from './report/print-report.ts';
import { runRounds } from './run-rounds.ts';

/** Everything that was started, stopped in the opposite order. */
const stack = new AsyncDisposableStack();

function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

async function bench(options: BenchOptions): Promise<Figures> {
  say('starting a private database and Redis');
  const { folder, servers, database } = await openPrivateSite('bench', stack);

  say('starting hub, sink, sender, and the bare producer and worker');
  const { slots, connections, cpuProfiles } = options;
  const bare = await startBare(servers, { slots, folder }, stack);
  const nodeOptions = cpuProfiles === null ? [] : profilingInto(cpuProfiles);
  const pipeline = await startPipeline(servers, database, { slots, connections, folder, nodeOptions }, stack);

  const platform = describePlatform(servers);
  return { platform, ...(await runRounds(bare, pipeline, options, say)) };
}

function profilingInto(folder: string): string[] {
  const path = resolve(folder);
  mkdirSync(path, { recursive: true });
  return ['--cpu-prof', `--cpu-prof-dir=${path}`];
}

function options(): BenchOptions {
  try {
    const read = readOptions(process.argv.slice(2));
    if (read) return read;
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n\n${usage}`);
    process.exit(2);
  }
}

/** The first signal stops everything that was started; what the run itself says from then on is of no interest. */
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (stopping) return;
    stopping = true;
    say('stopping');
    stack.disposeAsync().then(
      () => process.exit(130),
      () => process.exit(1),
    );
  });
}

const wanted = options();
try {
  const figures = await bench(wanted);
  if (!stopping)
    process.stdout.write(wanted.json ? `${JSON.stringify(figures, null, 2)}\n` : `\n${reportText(figures)}`);
} catch (error) {
  process.exitCode = 1;
  if (!stopping) say(error instanceof Error ? (error.stack ?? error.message) : String(error));
} finally {
  if (!stopping) await stack.disposeAsync();
}
