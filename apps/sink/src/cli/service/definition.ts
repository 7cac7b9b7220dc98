import path from 'node:path';
import { exitCodes } from '../../agent-error.ts';
import type { Folders } from '../folders.ts';

/** What a service manager is told, whatever form it wants it in. */
export interface ServiceFacts {
  /** The interpreter and the program, absolute. */
  node: string;
  program: string;
  folders: Folders;
  /** Folders that modules are read from. */
  modules: string[];
  /** Account that a service of the machine runs as. */
  user: string;
  drainSeconds: number;
  /** The agent makes namespaces for what it runs. */
  isolates: boolean;
}

/** A file that a service manager reads, and the commands that make it take effect. */
export interface ServiceDefinition {
  file: string;
  text: string;
  install: string[][];
  uninstall: string[][];
  start: string[];
  /** Lets running events end first, where the system has a way to ask for it. */
  stop: string[];
  /** Exit status 0 for a service that runs. */
  status: string[];
  /** Prints its last lines; goes on with every new one, if wanted. */
  logs(lines: number, follow: boolean): string[];
}

export const serviceName = 'nexomatic-sink';

/**
 * Exit codes after which a restart helps nobody: wrong settings, a credential that was revoked, and an agent that was told
 * to stay dead.
 */
export const finalExitCodes = [exitCodes.configuration, exitCodes.unauthenticated, exitCodes.killed] as const;

/** Where the agent writes its log on systems that keep none of its output. */
export const logFileOf = ({ folders: { state } }: ServiceFacts): string => path.join(state, 'agent.log');

/** Longer than the drain, so that a stop never cuts off what may still finish. */
export const stopSecondsOf = ({ drainSeconds }: ServiceFacts): number => drainSeconds + 30;

/** The folders that the agent writes to; everything else of the machine may be read-only to it. */
export const writtenFolders = ({ folders: { config, state } }: ServiceFacts): string[] =>
  state.startsWith(`${config}${path.sep}`) ? [config] : [config, state];
