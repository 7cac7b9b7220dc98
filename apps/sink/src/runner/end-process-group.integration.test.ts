import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { afterAll, describe, expect, it } from 'vitest';
import { isAlive } from '../testing/is-alive.ts';
import { openPythonBench, type PythonBench, type StartedModule } from '../testing/run-python.ts';

/** A module that starts a process in a session of its own, twice removed, tells its id, and works on. */
const deserting = (ending: string): string => `
import os, signal, subprocess, sys, time
def run(ctx):
    subprocess.Popen(["sleep", "600"], start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deserter = subprocess.check_output(["sh", "-c", "setsid sleep 600 >/dev/null 2>&1 & echo $!"], text=True).strip()
    print(f"{os.getpid()} {deserter}")
${ending}
`;

async function toldPids(bench: PythonBench, module: string, end: (run: StartedModule) => void): Promise<number[]> {
  const told = Promise.withResolvers<number[]>();
  const run = bench.start(module, {}, (chunks) => {
    const line = chunks.find((chunk) => chunk.channel === 'stdout');
    if (line) told.resolve(Buffer.from(line.bytes).toString().trim().split(' ').map(Number));
  });
  const pids = await told.promise;
  expect(pids).toHaveLength(2);
  end(run);
  await run.outcome;
  await run.log.close();
  return pids;
}

async function expectNoneAlive(pids: number[]): Promise<void> {
  for (const pid of pids) await waitFor(() => !isAlive(pid), { what: `process ${pid} to be gone` });
}

describe.each(['fork', 'spawn'] as const)('an attempt (%s)', async (start) => {
  const bench = await openPythonBench({ start, graceMs: 300, lingerMs: 300 });
  afterAll(() => bench[Symbol.asyncDispose]());

  describe('ending an attempt', () => {
    it('lets a module that watches ctx.cancelled finish by itself', async () => {
      // Its time to do so is what an agent gives: the short one of the others is over before a busy machine has got that far.
      await using patient = await openPythonBench({ start });
      await patient.module(
        'polite',
        'import time\ndef run(ctx):\n    print("on")\n    while not ctx.cancelled: time.sleep(0.01)\n    return "done"',
      );
      const run = patient.start('polite', {}, () => run.end('gently'));
      expect(await run.outcome).toEqual({ state: 'SUCCESS', exitCode: 0, resultJson: '"done"' });
      await run.log.close();
    });

    it('leaves no survivor of a module that ignores SIGTERM and whose children left its group and session', async () => {
      await bench.module(
        'stubborn',
        deserting('    signal.signal(signal.SIGTERM, signal.SIG_IGN)\n    while True: time.sleep(1)'),
      );
      await expectNoneAlive(await toldPids(bench, 'stubborn', (run) => run.end('gently')));
    });

    it('at once gives the module no time', async () => {
      await bench.module(
        'slow_to_end',
        deserting(
          '    while not ctx.cancelled: time.sleep(0.01)\n    open("/dev/null").close()\n    while True: time.sleep(1)',
        ),
      );
      await expectNoneAlive(await toldPids(bench, 'slow_to_end', (run) => run.end('at_once')));
    });

    it('gives the same result before the module has even been started', async () => {
      await bench.module('never', 'import time\ndef run(ctx):\n    time.sleep(600)');
      const run = bench.start('never');
      run.end('at_once');
      expect(await run.outcome).toMatchObject({ state: 'ERROR' });
    });
  });

  describe('a module that has ended', () => {
    it('does not hold the attempt through a program that keeps its output open', async () => {
      await bench.module(
        'leaks',
        'import subprocess\ndef run(ctx):\n    child = subprocess.Popen(["sleep", "600"], start_new_session=True)\n    print(child.pid, child.pid)\n    return 1',
      );
      const { outcome, stdout } = await bench.run('leaks');
      expect(outcome).toEqual({ state: 'SUCCESS', exitCode: 0, resultJson: '1' });
      await expectNoneAlive(stdout.trim().split(' ').map(Number));
    });

    it('leaves nothing running that closed its output and left the session', async () => {
      await bench.module('quiet', deserting('    return 1'));
      const { outcome, stdout } = await bench.run('quiet');
      expect(outcome.state).toBe('SUCCESS');
      await expectNoneAlive(stdout.trim().split(' ').map(Number));
    });

    it('counts by its result even if a thread of it would run on for ever', async () => {
      await bench.module(
        'lingers',
        'import threading, time\ndef run(ctx):\n    threading.Thread(target=time.sleep, args=(600,)).start()\n    return "result"',
      );
      const { outcome, records } = await bench.run('lingers');
      expect(outcome).toMatchObject({ state: 'SUCCESS', resultJson: '"result"' });
      expect(records.map(({ message }) => message)).toEqual([
        'The process was still running after its last word; it was ended.',
      ]);
    });
  });

  describe('an agent that is killed', () => {
    it('leaves no module and no child of a module running', async () => {
      await bench.module('orphan', deserting('    sys.stdout.flush()\n    while True: time.sleep(1)'));
      const program = fileURLToPath(new URL('../testing/hold-module.ts', import.meta.url));
      const agent = spawn(process.execPath, [program, 'orphan', bench.moduleRoot, bench.stateFolder, start], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const [line] = (await once(agent.stdout, 'data')) as [Buffer];
      const pids = line.toString().trim().split(' ').map(Number);
      for (const pid of pids) expect(isAlive(pid)).toBe(true);
      agent.kill('SIGKILL');
      await once(agent, 'exit');
      await expectNoneAlive(pids);
    });
  });
});
