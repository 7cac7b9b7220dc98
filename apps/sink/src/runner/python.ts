import { fileURLToPath } from 'node:url';
import { findPython } from './find-python.ts';
import { createProcessRunner, type ProcessRunnerOptions } from './process-runner.ts';
import type { Runner } from './runner.ts';

const runnerFolder = fileURLToPath(new URL('../../runners/python', import.meta.url));

type PythonRunnerOptions = Omit<ProcessRunnerOptions, 'command' | 'args'> & {
  /** Path of the interpreter; found if left out. */
  python: string | undefined;
};

/** Runs Python modules, `def run(ctx)`, each attempt in a fresh interpreter. See `runners/python`. */
export async function createPythonRunner({ python, ...options }: PythonRunnerOptions): Promise<Runner> {
  const { executable, version } = await findPython(python);
  // -I: no user site, no PYTHON* variables, no current folder on the path. -B: write no byte code beside the modules.
  const args = ['-I', '-B', '-X', 'utf8', runnerFolder];
  return { ...createProcessRunner({ ...options, command: executable, args }), runtimeVersion: version };
}
