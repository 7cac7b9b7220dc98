import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { StepError, type Steps } from '../steps.mjs';
import type { PartName } from './started-parts.ts';

/** A part whose process may end by itself and can be started again in the same place. */
export interface Restartable {
  name: PartName;
  /** Settles with a sentence when the process that runs now ends. */
  exited(): Promise<string>;
  startAgain(): Promise<void>;
  /** What to tell when it is given up, with its last log lines. */
  fault(how: string): StepError;
}

interface KeepOptions {
  steps: Steps;
  /** Aborted before parts are stopped on purpose. */
  stopping: AbortSignal;
  /** Called each time a part runs again, under another process id. */
  onRestart(): void;
}

/** How the sentence ends of a sink that was killed by a signal of its hub; see its table of exit codes. */
const toldToStayDead = ' exit code 76';

const windowMs = 60_000;
const mostRestarts = 5;

/**
 * Starts a part again whenever it ends by itself, after half a second at first and twice as long each further time.
 * Settles with the fault of one that ends too often, and never while all is well or after `stopping`. A sink that was told to
 * stay dead does.
 */
export async function keepRunning(part: Restartable, { steps, stopping, onRestart }: KeepOptions): Promise<StepError> {
  let restarts: number[] = [];
  for (;;) {
    const how = await part.exited();
    if (stopping.aborted) return new Promise<never>(() => undefined);
    if (how.endsWith(toldToStayDead)) {
      steps.line(`  ! ${how}: its hub told it to. It comes back with the next \`npm start\`.`);
      return new Promise<never>(() => undefined);
    }
    const now = systemClock.monotonic();
    restarts = restarts.filter((at) => now - at < windowMs);
    if (restarts.length === mostRestarts) return part.fault(`${how}, for the ${mostRestarts + 1}th time in a minute`);
    steps.line(`  ! ${how}. It is started again.`);
    await pause(500 * 2 ** restarts.length, undefined, { ref: false });
    restarts.push(now);
    if (stopping.aborted) continue;
    try {
      await part.startAgain();
      onRestart();
    } catch (error) {
      return error instanceof StepError ? error : part.fault(String(error));
    }
  }
}
