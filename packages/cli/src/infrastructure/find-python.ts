import { execFileSync } from 'node:child_process';
import { env } from '../env.ts';
import { findProgram } from './find-program.ts';

export interface Python {
  /** The interpreter itself: a version manager's shim costs 100 ms at every start. */
  path: string;
  version: string;
}

const askVersion = 'import sys; print(*sys.version_info[:3], sys.executable, sep="\\n")';

/** Python 3.9 or newer: the one that NEXOMATIC_PYTHON names, else the system's own, else the first on PATH. */
export function findPython(): Python | undefined {
  const candidates = env.NEXOMATIC_PYTHON
    ? [env.NEXOMATIC_PYTHON]
    : ['/usr/bin/python3', findProgram('python3', 'python')];
  for (const candidate of candidates) {
    const python = candidate === undefined ? undefined : askPython(candidate);
    if (python) return python;
  }
  return undefined;
}

function askPython(program: string): Python | undefined {
  try {
    const answer = execFileSync(program, ['-c', askVersion], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [major, minor, patch, path] = answer.trim().split('\n');
    const enough = Number(major) === 3 && Number(minor) >= 9;
    return enough && path ? { path, version: `${major}.${minor}.${patch}` } : undefined;
  } catch {
    return undefined; // not there, or it does not run
  }
}
