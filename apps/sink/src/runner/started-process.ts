import type { Readable } from 'node:stream';
import type { AgentMessage } from '@nexomatic/contracts/runner-protocol';

/** What a process is started for. */
export interface LaunchRequest {
  /** Name of the module, as the action gives it. */
  module: string;
  /** Its working folder. */
  folder: string;
  /** Value of `NX_RUN_ID` in its environment, by which everything that it starts is found. */
  runId: string;
}

/** How a process ended: by itself, by a signal, or in a way that nobody can tell any more. */
export type ProcessEnd = { code: number | null; signal: NodeJS.Signals | null } | { lost: string };

/** A runner process with its pipes. */
export interface StartedProcess {
  /** Undefined if the process could not be started. It leads a session and process group of its own. */
  pid: number | undefined;
  stdout: Readable;
  stderr: Readable;
  /** The runner's messages. */
  messages: Readable;
  /** Settles when the process has ended; an `Error` says that it never started. */
  exited: Promise<Error | ProcessEnd>;
  tell(message: AgentMessage): void;
}

/** A way to get a process: start a program, or have a fork server copy itself. */
export type Launch = (request: LaunchRequest) => Promise<StartedProcess>;
