import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { AttemptSockets } from './attempt-sockets.ts';
import { findPython, type Python } from './find-python.ts';
import { ForkPool } from './fork-pool.ts';
import { pythonInventory } from './inventory.ts';
import { type Isolation, noIsolation } from './isolation.ts';
import { locatePythonModule } from './locate-python-module.ts';
import { type ModuleLimits, usualLimits } from './module-limits.ts';
import { createProcessRunner, type ProcessRunnerOptions } from './process-runner.ts';
import { type PythonProgram, pythonProgram } from './python-program.ts';
import type { Runner } from './runner.ts';
import { type PassedEnvironment, spawnRunner } from './spawn-runner.ts';
import type { LaunchRequest, StartedProcess } from './started-process.ts';

/** `fork`: attempts are copies of a warm interpreter; `spawn`: each starts an interpreter of its own. */
export type PythonStart = 'fork' | 'spawn';

export type PythonRunnerOptions = Omit<ProcessRunnerOptions, 'launch'> & {
  /** Path of the interpreter or of a virtual environment; found if left out. */
  python: string | undefined;
  environment: PassedEnvironment;
  /** `fork` unless told otherwise, where that works: on Linux. */
  start?: PythonStart;
  limits?: ModuleLimits;
  /** Copies of a warm interpreter can not be isolated: with any, attempts start an interpreter of their own. */
  isolation?: Isolation;
};

/**
 * Runs Python modules, `def run(ctx)`, each attempt in a process of its own. A module folder with a virtual environment
 * in it (`.venv`) has its modules run by that one. See `runners/python`.
 */
export async function createPythonRunner(options: PythonRunnerOptions): Promise<Runner> {
  const { moduleRoots, environment, limits = usualLimits, isolation = noIsolation } = options;
  const usual = await findPython(options.python);
  const sockets =
    options.start === 'spawn' || isolation.profile !== 'none' || process.platform !== 'linux'
      ? undefined
      : await openSockets(options);
  const pools = new Map<string, ForkPool>();

  function poolOf(program: PythonProgram): ForkPool | undefined {
    if (!sockets) return undefined;
    const known = pools.get(program.executable);
    if (known) return known;
    const pool = new ForkPool({ ...options, program, sockets: sockets.sockets });
    pools.set(program.executable, pool);
    return pool;
  }

  const programOf = ({ executable }: Python): PythonProgram => pythonProgram(executable, { environment, limits });
  const environments = new VirtualEnvironments();

  async function launch(request: LaunchRequest): Promise<StartedProcess> {
    const place = locatePythonModule(request.module, moduleRoots);
    const program = programOf((place && (await environments.of(place.root))) ?? usual);
    // A path that leads nowhere is for Python to explain.
    const copy = await poolOf(program)?.launch(request, place?.module);
    if (copy) return copy;
    const { executable, args } = program;
    return spawnRunner({
      ...{ ...request, environment, command: executable, isolation },
      readable: readableTo(executable, moduleRoots),
      args: [...args, JSON.stringify({ limits })],
    });
  }

  const runner = createProcessRunner({ ...options, launch });
  return {
    ...runner,
    runtimeVersion: usual.version,
    inventory: () => pythonInventory(programOf(usual), moduleRoots),
    async close() {
      for (const pool of pools.values()) pool.close();
      await runner.close?.();
      await sockets?.close();
    },
  };
}

/** What a run reads: its modules, and the interpreter where that is one of theirs. */
const readableTo = (executable: string, moduleRoots: string[]): string[] => {
  const environment = path.dirname(path.dirname(executable));
  return [...moduleRoots, ...(existsSync(path.join(environment, 'pyvenv.cfg')) ? [environment] : [])];
};

/** The interpreters of module folders that have a virtual environment of their own. */
class VirtualEnvironments {
  readonly #found = new Map<string, Promise<Python>>();

  async of(root: string): Promise<Python | undefined> {
    const folder = path.join(root, '.venv');
    if (!existsSync(path.join(folder, 'pyvenv.cfg'))) {
      this.#found.delete(root);
      return undefined;
    }
    const found = this.#found.get(root) ?? findPython(folder);
    this.#found.set(root, found);
    found.catch(() => this.#found.delete(root));
    return found;
  }
}

/** Longest path of a Unix socket that every system takes. */
const longestPath = 100;

async function openSockets({ folders }: Pick<PythonRunnerOptions, 'folders'>) {
  const beside = path.join(folders.root, 'calls');
  const elsewhere = beside.length > longestPath ? await mkdtemp(path.join(tmpdir(), 'nx-')) : undefined;
  const sockets = new AttemptSockets(elsewhere ? path.join(elsewhere, 'calls') : beside);
  await sockets.listen();
  return {
    sockets,
    async close() {
      await sockets.close();
      if (elsewhere) await rm(elsewhere, { recursive: true, force: true });
    },
  };
}
