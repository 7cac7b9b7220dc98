import { fileURLToPath } from 'node:url';
import type { ModuleLimits } from './module-limits.ts';
import type { PassedEnvironment } from './spawn-runner.ts';

const runnerFolder = fileURLToPath(new URL('../../runners/python', import.meta.url));

/** The Python runner as a program, without its last argument: the settings, as JSON. */
export interface PythonProgram {
  executable: string;
  args: string[];
  environment: PassedEnvironment;
  limits: ModuleLimits;
}

/** The program for one interpreter. */
export function pythonProgram(
  executable: string,
  { environment, limits }: Pick<PythonProgram, 'environment' | 'limits'>,
): PythonProgram {
  // -I: no user site, no PYTHON* variables, no current folder on the path. -B: write no byte code beside the modules.
  return { executable, args: ['-I', '-B', '-X', 'utf8', runnerFolder], environment, limits };
}
