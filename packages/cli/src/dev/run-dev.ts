import type { Steps } from '../steps.mjs';
import { readRunFile, removeRunFile, writeRunFile } from './run-file.ts';
import type { DevSettings } from './settings.ts';
import { startEverything } from './start-everything.ts';
import { startedParts } from './started-parts.ts';
import { openStateFolder } from './state-folder.ts';
import { becomeSupervisor } from './supervisor.ts';
import { listenForStop } from './until-stopped.ts';
import { watchEvents } from './watch-events.ts';
import { alreadyRunning, welcome } from './welcome.ts';

/** Starts the whole product on this machine, waits for the wish to stop, and stops what it started. Gives the exit code. */
export async function runDev(settings: DevSettings, steps: Steps): Promise<number> {
  const state = openStateFolder(settings.stateDir);
  const claim = becomeSupervisor(state);
  if ('runningAs' in claim) {
    alreadyRunning(steps, claim.runningAs, readRunFile(state));
    return 0;
  }
  const wish = listenForStop();
  const parts = startedParts();
  try {
    const { describe, keepRunning } = await startEverything({ settings, state, steps, parts, signal: wish.signal });
    const run = describe();
    writeRunFile(state, run);
    if (!settings.background) {
      welcome(steps, run, state);
      void watchEvents(run, steps, wish.signal);
    }
    const why = await Promise.race([wish.asked, keepRunning(() => writeRunFile(state, describe()))]);
    steps.line();
    return typeof why === 'string' ? 0 : steps.fault(why);
  } catch (error) {
    return wish.signal.aborted ? 130 : steps.fault(error);
  } finally {
    removeRunFile(state);
    await parts.stopAll(steps);
    claim.release();
    wish.end();
  }
}
