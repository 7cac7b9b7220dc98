import type { EventReason } from '@nexomatic/contracts/event-state';
import type { ModuleInventory } from '@nexomatic/contracts/module-inventory';
import type { Assignment } from '@nexomatic/contracts/sink-protocol';
import type { AttemptLog } from '../logs/attempt-log.ts';

/** What a module is run on. */
export type ModuleAssignment = Omit<Assignment, 'secrets'> & {
  /** Values of the secrets that it may read, by key. */
  secrets?: Record<string, string>;
};

/** Runs modules of one kind. */
export interface Runner {
  /** Version of the interpreter, if there is one, for the Sinks page. */
  readonly runtimeVersion?: string;
  start(assignment: ModuleAssignment, log: AttemptLog): ModuleRun;
  /** What there is to run, read without running any of it. */
  inventory?(): Promise<ModuleInventory>;
  /** Tidies up after all runs have ended. */
  close?(): Promise<void>;
}

/** One module at work. */
export interface ModuleRun {
  /** Never rejects: whatever goes wrong is an outcome. */
  readonly outcome: Promise<ModuleOutcome>;
  /** `gently` lets the module finish for a few seconds; `at_once` does not. Calling it again may only be harsher. */
  end(how: 'gently' | 'at_once'): void;
}

/** How a module ended, by itself or by force. */
export interface ModuleOutcome {
  state: 'SUCCESS' | 'WARNING' | 'ERROR';
  reason?: EventReason;
  /** One line. */
  message?: string;
  /** JSON text; absent means null. */
  resultJson?: string;
  exitCode?: number;
  /** Nothing was run, for want of its secrets: the attempt is given back, or is not this sink's any more. */
  unstarted?: 'hand_back' | 'lost';
}
