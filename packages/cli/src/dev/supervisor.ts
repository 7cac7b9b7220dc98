import { rmSync } from 'node:fs';
import { claimProcess, rememberedProcess } from '../processes/process-identity.ts';
import { stopLeftover } from '../processes/start-process.ts';
import { removeRunFile } from './run-file.ts';
import { componentNames, type StateFolder } from './state-folder.ts';

/** Makes this process the only one that runs this state folder; otherwise gives the id of the one that does. */
export function becomeSupervisor(state: StateFolder): { release(): void } | { runningAs: number } {
  if (!claimProcess(state.supervisorPid, process.pid)) {
    const runningAs = rememberedProcess(state.supervisorPid);
    if (runningAs !== undefined) return { runningAs };
    // Left behind by a run that was cut off.
    rmSync(state.supervisorPid, { force: true });
    return becomeSupervisor(state);
  }
  return { release: () => rmSync(state.supervisorPid, { force: true }) };
}

/** Ends the processes that a run which was cut off has left, and gives their names. */
export async function stopLeftovers(state: StateFolder): Promise<string[]> {
  const stopped: string[] = [];
  removeRunFile(state);
  for (const name of componentNames) if (await stopLeftover(state.pidFile(name), 15_000)) stopped.push(name);
  return stopped;
}
