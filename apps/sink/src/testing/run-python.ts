import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { silentLogger } from '@nexomatic/logger';
import { AttemptLog } from '../logs/attempt-log.ts';
import type { NumberedChunk } from '../logs/chunker.ts';
import { createPythonRunner, type PythonRunnerOptions } from '../runner/python.ts';
import { offlineAssignment, readLog } from '../runner/run-module-offline.ts';
import type { ModuleAssignment, ModuleOutcome, ModuleRun, Runner } from '../runner/runner.ts';
import { openWorkingFolders } from '../runner/working-folder.ts';

/** A real Python runner over a folder of modules that a test writes. */
export interface PythonBench extends AsyncDisposable {
  runner: Runner;
  moduleRoot: string;
  stateFolder: string;
  /** Writes `<name>.py`. */
  module(name: string, text: string): Promise<void>;
  start(module: string, given?: Partial<ModuleAssignment>, send?: (chunks: NumberedChunk[]) => void): StartedModule;
  /** Starts it and waits for its end. */
  run(module: string, given?: Partial<ModuleAssignment>): Promise<RunResult>;
}

export interface StartedModule extends ModuleRun {
  chunks: NumberedChunk[];
  log: AttemptLog;
}

export interface RunResult {
  outcome: ModuleOutcome;
  stdout: string;
  stderr: string;
  records: { level: string; message: string; fields?: Record<string, unknown> }[];
  chunks: NumberedChunk[];
}

type BenchOptions = Partial<
  Pick<PythonRunnerOptions, 'graceMs' | 'isolation' | 'lingerMs' | 'start' | 'python' | 'limits' | 'logger'>
>;

/** Opens a bench in a new folder, which goes when it is disposed of. */
export async function openPythonBench(options: BenchOptions = {}): Promise<PythonBench> {
  const folder = await mkdtemp(path.join(tmpdir(), 'nexomatic-bench-'));
  const [moduleRoot, stateFolder] = [path.join(folder, 'modules'), path.join(folder, 'state')];
  await mkdir(moduleRoot);
  const folders = await openWorkingFolders(stateFolder);
  const runner = await createPythonRunner({
    python: undefined,
    moduleRoots: [moduleRoot],
    folders,
    environment: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    clock: systemClock,
    logger: silentLogger,
    ...options,
  });

  function start(
    module: string,
    given?: Partial<ModuleAssignment>,
    send?: (chunks: NumberedChunk[]) => void,
  ): StartedModule {
    const chunks: NumberedChunk[] = [];
    const log = new AttemptLog({
      clock: systemClock,
      async send(more) {
        chunks.push(...more);
        send?.(more);
        return 'stored';
      },
      onFailure(error) {
        throw error;
      },
    });
    return { ...runner.start(assignmentOf(module, given), log), chunks, log };
  }

  return {
    runner,
    moduleRoot,
    stateFolder,
    module: (name, text) => writeFile(path.join(moduleRoot, `${name}.py`), text),
    start,
    async run(module, given) {
      const started = start(module, given);
      const outcome = await started.outcome;
      await started.log.close();
      return { outcome, ...readLog(started.chunks), chunks: started.chunks };
    },
    async [Symbol.asyncDispose]() {
      await runner.close?.();
      await folders.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** An assignment of a new event. */
export function assignmentOf(module: string, given: Partial<ModuleAssignment> = {}): ModuleAssignment {
  return { ...offlineAssignment({ module, eventType: 'test.received' }), ...given };
}
