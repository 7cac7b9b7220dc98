import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import path from 'node:path';
import { customInventory } from './inventory.ts';
import { type Isolation, noIsolation } from './isolation.ts';
import { type ModuleLimits, underLimits, usualLimits } from './module-limits.ts';
import { ModuleNotFound } from './module-not-found.ts';
import { createProcessRunner, type ProcessRunnerOptions } from './process-runner.ts';
import type { Runner } from './runner.ts';
import { type PassedEnvironment, spawnRunner } from './spawn-runner.ts';

/** A path inside a module folder: no way out of it, and nothing hidden. */
const programName = /^\w[\w.-]*(\/\w[\w.-]*)*$/;

export type CustomRunnerOptions = Omit<ProcessRunnerOptions, 'launch'> & {
  environment: PassedEnvironment;
  limits?: ModuleLimits;
  isolation?: Isolation;
};

/** Runs executable files of the module folders, each attempt a process of its own that speaks the runner protocol. */
export function createCustomRunner(options: CustomRunnerOptions): Runner {
  const { moduleRoots, environment, limits = usualLimits, isolation = noIsolation } = options;
  return {
    ...createProcessRunner({
      ...options,
      async launch({ module, ...request }) {
        const program = await findProgram(module, moduleRoots);
        const isolated = { isolation, readable: moduleRoots };
        return spawnRunner({ ...request, environment, ...isolated, ...underLimits(program, [], limits) });
      },
    }),
    inventory: () => customInventory(moduleRoots),
  };
}

async function findProgram(name: string, roots: string[]): Promise<string> {
  if (!programName.test(name)) {
    throw new ModuleNotFound(`${name} is no name of a program in a module folder, such as backup.sh or jobs/backup.sh`);
  }
  for (const root of roots) {
    const file = path.join(root, name);
    const found = await stat(file).catch(() => undefined);
    if (!found?.isFile()) continue;
    const mayRun = await access(file, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (!mayRun) throw new ModuleNotFound(`${file} can not be run by this sink; make it executable: chmod +x ${file}`);
    return file;
  }
  throw new ModuleNotFound(`there is no program ${name} in ${roots.join(path.delimiter)}`);
}
