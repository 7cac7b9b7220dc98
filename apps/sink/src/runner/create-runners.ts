import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { createCustomRunner } from './custom.ts';
import type { Isolation } from './isolation.ts';
import type { ModuleLimits } from './module-limits.ts';
import { createPowerShellRunner, findPowerShell } from './powershell.ts';
import type { ProcessRunnerOptions } from './process-runner.ts';
import { createPythonRunner, type PythonStart } from './python.ts';
import type { Runner } from './runner.ts';
import type { PassedEnvironment } from './spawn-runner.ts';

export type RunnersOptions = Omit<ProcessRunnerOptions, 'launch'> & {
  python: string | undefined;
  pythonStart: PythonStart;
  environment: PassedEnvironment;
  limits: ModuleLimits;
  isolation?: Isolation;
};

/** What this machine can run, and why it can't run the rest. */
export interface Runners {
  runners: Partial<Record<SinkRuntime, Runner>>;
  absent: Partial<Record<SinkRuntime, string>>;
}

/** Looks for the interpreters; one that is missing only matters to a sink that needs it. */
export async function createRunners({ pythonStart, ...options }: RunnersOptions): Promise<Runners> {
  const [python, powerShell] = await Promise.all([
    createPythonRunner({ ...options, start: pythonStart }).catch((error: Error) => error.message),
    findPowerShell(),
  ]);
  const { runners, absent }: Runners = { runners: { CUSTOM: createCustomRunner(options) }, absent: {} };
  if (typeof python === 'string') absent.PYTHON = python;
  else runners.PYTHON = python;
  if (powerShell) runners.POWERSHELL = createPowerShellRunner({ ...options, powerShell });
  else absent.POWERSHELL = 'neither pwsh nor Windows PowerShell was found; install PowerShell 7';
  return { runners, absent };
}
