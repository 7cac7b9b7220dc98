import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { createPythonRunner, type PythonStart } from '@nexomatic/sink/runner/python';
import { runModuleOffline } from '@nexomatic/sink/runner/run-module-offline';
import type { Runner } from '@nexomatic/sink/runner/runner';
import { openWorkingFolders } from '@nexomatic/sink/runner/working-folder';
import { spreadOf } from '../measure/spread.ts';

/** Compares the two ways in which attempts of Python modules get their process, in turns within one run. */

const usage = `usage: node packages/bench/src/runners/main.ts [options]
  --runs N      attempts of each kind in a round, 60 if not given
  --rounds N    rounds, 5 if not given
  --slots N     attempts at once, 1 if not given
  --json        figures as JSON
  --help        this text`;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '60' },
    rounds: { type: 'string', default: '5' },
    slots: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  process.stdout.write(`${usage}\n`);
  process.exit(0);
}

/** One that imports nothing, and one with the imports of a module that calls a service. */
const modules = {
  bare: 'def run(ctx):\n    return 1\n',
  usual: 'import asyncio, csv, datetime, decimal, email.message, ssl, urllib.request\n\ndef run(ctx):\n    return 1\n',
};
type ModuleName = keyof typeof modules;
const starts = ['fork', 'spawn'] as const;
const [runs, rounds, slots] = [Number(values.runs), Number(values.rounds), Number(values.slots)];

await using stack = new AsyncDisposableStack();
const scratch = mkdtempSync(join(tmpdir(), 'nexomatic-runners-'));
stack.defer(() => rmSync(scratch, { recursive: true, force: true }));
const moduleRoot = join(scratch, 'modules');
mkdirSync(moduleRoot);
for (const [name, text] of Object.entries(modules)) writeFileSync(join(moduleRoot, `${name}.py`), text);
const folders = await openWorkingFolders(join(scratch, 'state'));

async function open(start: PythonStart): Promise<Runner> {
  const runner = await createPythonRunner({
    ...{ start, folders, moduleRoots: [moduleRoot], python: undefined },
    ...{ environment: { PATH: '/usr/bin:/bin' }, clock: systemClock, logger: silentLogger },
  });
  stack.defer(async () => runner.close?.());
  return runner;
}

/** Milliseconds of each attempt, from its assignment until its process has ended. */
async function measure(runner: Runner, module: ModuleName, count: number): Promise<number[]> {
  const times: number[] = [];
  let left = count;
  async function work(): Promise<void> {
    while (left > 0) {
      left -= 1;
      const from = systemClock.monotonic();
      const { outcome } = await runModuleOffline(runner, { module });
      if (outcome.state !== 'SUCCESS') throw new Error(`${module}: ${outcome.message}`);
      times.push(systemClock.monotonic() - from);
    }
  }
  await Promise.all(Array.from({ length: slots }, work));
  return times;
}

const runners = { fork: await open('fork'), spawn: await open('spawn') };
const times = { bare: { fork: [], spawn: [] }, usual: { fork: [], spawn: [] } } as Record<
  ModuleName,
  Record<PythonStart, number[]>
>;
const names = Object.keys(modules) as ModuleName[];
for (const start of starts) for (const name of names) await measure(runners[start], name, 20);
for (let round = 0; round < rounds; round += 1) {
  for (const name of names) {
    for (const start of round % 2 === 0 ? starts : starts.toReversed()) {
      times[name][start].push(...(await measure(runners[start], name, runs)));
    }
  }
}

const figures = names.map((module) => {
  const [fork, spawn] = [spreadOf(times[module].fork), spreadOf(times[module].spawn)];
  return { module, fork, spawn, ratio: spawn.p50 / fork.p50 };
});
if (values.json)
  process.stdout.write(`${JSON.stringify({ python: runners.fork.runtimeVersion, slots, figures }, null, 2)}\n`);
else {
  const ms = (value: number): string => `${value.toFixed(1)} ms`.padStart(10);
  process.stdout.write(`Python ${runners.fork.runtimeVersion}, ${runs * rounds} attempts each, ${slots} at once\n`);
  process.stdout.write('module    fork p50       p99  spawn p50       p99   spawn/fork\n');
  for (const { module, fork, spawn, ratio } of figures) {
    const row = [fork.p50, fork.p99, spawn.p50, spawn.p99].map(ms).join('');
    process.stdout.write(`${module.padEnd(7)}${row}${ratio.toFixed(1).padStart(11)} ×\n`);
  }
}
