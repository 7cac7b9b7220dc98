import { execFile } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { powerShellInventory } from './inventory.ts';
import { type Isolation, noIsolation } from './isolation.ts';
import { type ModuleLimits, underLimits, usualLimits } from './module-limits.ts';
import { createProcessRunner, type ProcessRunnerOptions } from './process-runner.ts';
import type { Runner } from './runner.ts';
import { type PassedEnvironment, spawnRunner } from './spawn-runner.ts';
import { spawnWithChannel } from './spawn-with-channel.ts';

export const powerShellFolder = fileURLToPath(new URL('../../runners/powershell', import.meta.url));
export const quietly = ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass'];

export interface PowerShell {
  command: string;
  version: string;
}

/** PowerShell 7 (`pwsh`), or Windows PowerShell 5.1, or the configured one; undefined if there is none. */
export async function findPowerShell(configured?: string): Promise<PowerShell | undefined> {
  const candidates = configured ? [configured] : ['pwsh', ...(process.platform === 'win32' ? ['powershell.exe'] : [])];
  for (const command of candidates) {
    const question = [...quietly, '-Command', '$PSVersionTable.PSVersion.ToString()'];
    const answer = await promisify(execFile)(command, question, { timeout: 20_000 }).catch(() => undefined);
    const version = answer?.stdout.trim();
    if (version) return { command, version };
  }
  return undefined;
}

export type PowerShellRunnerOptions = Omit<ProcessRunnerOptions, 'launch'> & {
  powerShell: PowerShell;
  environment: PassedEnvironment;
  limits?: ModuleLimits;
  isolation?: Isolation;
  /** How the runner reaches the agent: the named pipe where it must be (Windows). */
  channel?: 'descriptors' | 'pipe';
};

/** Runs PowerShell scripts and functions, each attempt in a process of its own. See `runners/powershell`. */
export function createPowerShellRunner(options: PowerShellRunnerOptions): Runner {
  const { powerShell, environment, limits = usualLimits, isolation = noIsolation } = options;
  const args = [...quietly, '-File', path.join(powerShellFolder, 'run.ps1')];
  const spawn = (options.channel ?? usualChannel()) === 'pipe' ? spawnWithChannel : spawnRunner;
  return {
    ...createProcessRunner({
      ...options,
      launch: async ({ folder, runId }) =>
        spawn({
          ...{ folder, runId, environment, isolation, readable: options.moduleRoots },
          ...underLimits(powerShell.command, args, limits),
        }),
    }),
    runtimeVersion: powerShell.version,
    inventory: () => powerShellInventory(powerShell, options.moduleRoots),
  };
}

function usualChannel(): 'descriptors' | 'pipe' {
  return process.platform === 'win32' ? 'pipe' : 'descriptors';
}
