import type { Assignment } from '@nexomatic/contracts/sink-protocol';
import type { LocalStatus } from './control/local-protocol.ts';
import type { ModuleOutcome, ModuleRun } from './runner/runner.ts';

/**
 * Why an attempt was ended from outside instead of by its module.
 *
 * - `timeout`: it ran longer than its event type allows. Reported as ERROR.
 * - `cancelled`: somebody cancelled the event. Reported as ERROR.
 * - `stopping`: this sink is stopping. Handed back.
 * - `no_secrets`: its secrets did not come, so nothing was run. Handed back.
 * - `lost`: the hub says that the attempt is not this sink's any more. Nothing is reported.
 * - `fenced`: the lease could not be renewed in time, so another sink may start the event soon. Nothing is reported.
 */
export type EndCause = 'timeout' | 'cancelled' | 'stopping' | 'no_secrets' | 'lost' | 'fenced';

/** With these the module gets no time to finish: somebody else may already be doing the same work. */
const atOnce: readonly EndCause[] = ['lost', 'fenced'];

type Claimed = Pick<Assignment, 'eventId' | 'attempt' | 'timeoutMs' | 'eventType' | 'module'>;

/** An attempt whose module is running. */
export class RunningAttempt {
  readonly assignment: Claimed;
  /** When it must be over, on the monotonic clock. */
  readonly deadline: number;
  /** When the lease that is known to hold was asked for, on the monotonic clock. */
  leaseFrom: number;
  readonly #run: ModuleRun;
  #cause: EndCause | undefined;

  constructor(assignment: Claimed, run: ModuleRun, times: { leaseFrom: number; startedAt: number }) {
    this.assignment = assignment;
    this.#run = run;
    this.leaseFrom = times.leaseFrom;
    this.deadline = times.startedAt + assignment.timeoutMs;
  }

  get outcome(): Promise<ModuleOutcome> {
    return this.#run.outcome;
  }

  get cause(): EndCause | undefined {
    return this.#cause;
  }

  /** For people at this machine, at that time on the monotonic clock. */
  show(now: number): LocalStatus['events'][number] {
    const { eventId, attempt, eventType, module, timeoutMs } = this.assignment;
    const runningMs = Math.round(now - (this.deadline - timeoutMs));
    return { eventId, attempt, eventType, module, timeoutMs, runningMs, ending: this.#cause !== undefined };
  }

  /** Ends the module. The first cause is the one that counts; a later one may still take the module's time away. */
  end(cause: EndCause, how: 'gently' | 'at_once' = atOnce.includes(cause) ? 'at_once' : 'gently'): void {
    this.#cause ??= cause;
    this.#run.end(how);
  }
}
