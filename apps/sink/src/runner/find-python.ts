import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

const exec = promisify(execFile);
const oldest = [3, 9] as const;
const question = 'import sys; print(sys.executable); print(".".join(map(str, sys.version_info[:3])))';

export interface Python {
  /** The interpreter itself. A version manager's shim in front of it would cost 100 ms at each start. */
  executable: string;
  version: string;
}

/**
 * The interpreter that modules run with: the configured one (or that of a virtual environment, given by its folder), else Debian's own (which sees Debian's packages, where the
 * first on PATH may not), else the first on PATH. Throws with what was tried and why it can't be used.
 */
export async function findPython(configured: string | undefined): Promise<Python> {
  const candidates = configured ? [interpreterOf(configured)] : ['/usr/bin/python3', 'python3'];
  const faults: string[] = [];
  for (const candidate of candidates) {
    try {
      const python = await ask(candidate);
      if (isRecent(python.version)) return python;
      faults.push(`${candidate} is Python ${python.version}`);
    } catch (error) {
      faults.push(`${candidate}: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`);
    }
  }
  throw new Error(
    `no Python ${oldest.join('.')} or newer was found (${faults.join('; ')}). Install python3, or set NEXOMATIC_PYTHON to its path.`,
  );
}

function interpreterOf(configured: string): string {
  if (!statSync(configured, { throwIfNoEntry: false })?.isDirectory()) return configured;
  return path.join(configured, ...(process.platform === 'win32' ? ['Scripts', 'python.exe'] : ['bin', 'python']));
}

async function ask(candidate: string): Promise<Python> {
  const { stdout } = await exec(candidate, ['-I', '-c', question], { timeout: 10_000 });
  const [executable, version] = stdout.trim().split('\n');
  if (!executable || !version) throw new Error(`answered ${JSON.stringify(stdout)}`);
  return { executable, version };
}

function isRecent(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
}
