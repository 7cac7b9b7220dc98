import { statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import { lastLines, type RunningProcess, startProcess } from '../processes/start-process.ts';
import { StepError } from '../steps.mjs';
import { repositoryRoot } from './settings.ts';
import type { ComponentName, StateFolder } from './state-folder.ts';

export interface ComponentOptions {
  name: ComponentName;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  state: StateFolder;
  /** How long it may take to end before it is ended by force. */
  stopWithinMs: number;
  mask?: (line: string) => string;
}

/** One of our own long-running processes. */
export interface Component {
  name: ComponentName;
  /** The one that runs now: another after each `startAgain`. */
  readonly process: RunningProcess;
  logFile: string;
  /** Where this run's part of the log begins. */
  logStart: number;
  /** Ends what is left of its process group and starts it with the same settings. */
  startAgain(): Promise<void>;
  stop(): Promise<unknown>;
}

const readyWithinMs = 60_000;

/** Starts a component under this very Node, its output in a log file of its own. */
export function startComponent(options: ComponentOptions): Component {
  const { name, args, env, cwd, state, stopWithinMs, mask } = options;
  const logFile = state.logFile(name);
  const logStart = statSync(logFile, { throwIfNoEntry: false })?.size ?? 0;
  const start = () =>
    startProcess({
      what: `The ${name}`,
      file: process.execPath,
      args,
      cwd: cwd ?? repositoryRoot,
      env,
      logFile,
      pidFile: state.pidFile(name),
      ...(mask ? { mask } : {}),
    });
  let running = start();
  let wanted = true;
  return {
    name,
    get process() {
      return running;
    },
    logFile,
    logStart,
    async startAgain() {
      await running.stop(stopWithinMs);
      if (wanted) running = start();
    },
    stop() {
      wanted = false;
      return running.stop(stopWithinMs);
    },
  };
}

/** Waits until `isReady` says so; a component that ends first, or takes too long, is a fault with its last log lines. */
export async function untilReady(
  component: Component,
  isReady: () => Promise<boolean>,
  signal: AbortSignal,
): Promise<void> {
  const until = systemClock.monotonic() + readyWithinMs;
  while (!(await isReady())) {
    signal.throwIfAborted();
    if (component.process.ended() !== undefined) throw componentFault(component);
    if (systemClock.monotonic() > until) {
      throw new StepError(
        `The ${component.name} was not ready after ${readyWithinMs / 1000} s.${lastLines(component.logFile)}`,
        {
          logFile: component.logFile,
        },
      );
    }
    await pause(50);
  }
}

/** What to tell about a component that ended by itself. */
export function componentFault({ name, process, logFile }: Component, how?: string): StepError {
  return new StepError(`${how ?? process.ended() ?? `The ${name} ended`}.${lastLines(logFile)}`, { logFile });
}

/** Whether a health address answers 200. */
export async function answersOk(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2000) });
    return response.status === 200;
  } catch {
    return false; // it does not listen yet
  }
}
