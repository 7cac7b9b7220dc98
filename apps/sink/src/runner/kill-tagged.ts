import { readdir, readFile } from 'node:fs/promises';

const tagName = 'NX_RUN_ID=';

/**
 * SIGKILLs every process whose environment carries one of these run ids, wherever in the process tree it hides, and
 * gives their ids. Looks again until none is left, because a process may start another while it is being looked for.
 * Only Linux shows environments (`/proc`); elsewhere the process group is all there is.
 */
export async function killTagged(runIds: ReadonlySet<string>): Promise<number[]> {
  const killed = new Set<number>();
  for (let round = 0; round < 5; round += 1) {
    const found = (await findTagged(runIds)).filter((pid) => !killed.has(pid));
    if (found.length === 0) break;
    for (const pid of found) {
      if (kill(pid)) killed.add(pid);
    }
  }
  return [...killed];
}

/** Ids of all living processes that carry one of these run ids. */
export async function findTagged(runIds: ReadonlySet<string>): Promise<number[]> {
  if (process.platform !== 'linux') return [];
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const tags = await Promise.all(pids.map(runIdOf));
  return pids.filter((pid, index) => pid !== process.pid && runIds.has(tags[index] ?? ''));
}

async function runIdOf(pid: number): Promise<string | undefined> {
  try {
    const environment = await readFile(`/proc/${pid}/environ`, 'latin1');
    return environment
      .split('\0')
      .find((entry) => entry.startsWith(tagName))
      ?.slice(tagName.length);
  } catch {
    // It ended meanwhile, is a zombie, or belongs to another user: none of ours.
    return undefined;
  }
}

function kill(pid: number): boolean {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    // Ended between look and kill.
    return false;
  }
}
