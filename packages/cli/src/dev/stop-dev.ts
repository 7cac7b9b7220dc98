import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { isAlive, rememberedProcess } from '../processes/process-identity.ts';
import { stopLeftover } from '../processes/start-process.ts';
import { StepError, type Steps } from '../steps.mjs';
import { openStateFolder, type StateFolder } from './state-folder.ts';
import { stopLeftovers } from './supervisor.ts';

const stopWithinMs = 120_000;

/** `nexomatic stop`: stops the instance of a state folder, whoever started it, and whatever a cut-off one has left. */
export async function stopDev(stateDir: string, steps: Steps): Promise<number> {
  const state = openStateFolder(stateDir);
  const supervisor = rememberedProcess(state.supervisorPid);
  if (supervisor !== undefined) await stopSupervisor(supervisor, state, steps);
  const leftovers = [...(await stopLeftovers(state)), ...(await stopServers(state))];
  if (leftovers.length > 0) steps.line(`  ✓ stopped what an earlier run had left: ${leftovers.join(', ')}`);
  else if (supervisor === undefined) steps.line(`  Nothing is running in ${state.root}.`);
  return 0;
}

async function stopSupervisor(pid: number, state: StateFolder, steps: Steps): Promise<void> {
  const step = steps.step('stop', `stopping process ${pid}`);
  process.kill(pid, 'SIGTERM');
  const until = systemClock.monotonic() + stopWithinMs;
  while (isAlive(pid)) {
    if (systemClock.monotonic() > until) {
      step.fail(`process ${pid} is still there`);
      throw new StepError(`Process ${pid} did not stop within ${stopWithinMs / 1000} s.`, {
        fix: [`kill -9 ${pid} && npm stop     (the second command stops what it leaves behind)`],
        logFile: state.logFile('dev'),
      });
    }
    await pause(50);
  }
  step.done('everything stopped; the data stays');
}

async function stopServers(state: StateFolder): Promise<string[]> {
  const stopped: string[] = [];
  for (const [name, folder] of [
    ['redis', 'redis'],
    ['database', 'db'],
  ] as const) {
    if (await stopLeftover(`${state.root}/${folder}/server.pid`, 30_000)) stopped.push(name);
  }
  return stopped;
}
