import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Each attempt works in an empty folder of its own (mode 0700) that is removed afterwards: `<state>/runs/<pid>/<random>`.
 * The agent's process id is part of the path, so that what a killed agent left behind is found by the next.
 */
export interface WorkingFolders {
  /** The agent's own folder, which holds the others. */
  root: string;
  make(): Promise<string>;
  remove(folder: string): Promise<void>;
  /** Removes this agent's own folder. */
  close(): Promise<void>;
}

/** Makes the place for working folders, after removing those of agents that are no longer alive. */
export async function openWorkingFolders(stateFolder: string): Promise<WorkingFolders> {
  const runs = path.join(stateFolder, 'runs');
  await mkdir(runs, { recursive: true, mode: 0o700 });
  for (const name of await readdir(runs)) {
    if (!isAlive(Number(name))) await removeTree(path.join(runs, name));
  }
  const own = path.join(runs, String(process.pid));
  await mkdir(own, { recursive: true, mode: 0o700 });
  return {
    root: own,
    make: () => mkdtemp(path.join(own, 'run-')),
    remove: removeTree,
    close: () => removeTree(own),
  };
}

async function removeTree(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 2, retryDelay: 50 });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code !== 'ESRCH';
  }
}
