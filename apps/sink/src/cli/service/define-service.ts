import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { AgentError, exitCodes } from '../../agent-error.ts';
import type { Machine } from '../machine.ts';
import { type ServiceDefinition, type ServiceFacts, serviceName } from './definition.ts';
import { launchdJob } from './launchd.ts';
import { systemdUnit } from './systemd.ts';
import { windowsTask } from './windows.ts';

export interface ServiceOptions {
  /** For the person alone, not for the machine. */
  user: boolean;
  runAs?: string | undefined;
  /** Of another system than this one; nothing can be done with it here but to look at it. */
  platform?: string | undefined;
  dryRun: boolean;
}

/** What the service manager of that system is to be told of the agent. */
export function definitionOf(
  machine: Machine,
  { user, runAs, platform = process.platform }: ServiceOptions,
): ServiceDefinition {
  const facts = factsOf(machine, runAs);
  const home = user ? homedir() : null;
  if (platform === 'linux') return systemdUnit(facts, home);
  if (platform === 'darwin') return launchdJob(facts, home, userInfo().uid);
  if (platform === 'win32') return windowsTask(facts);
  throw new AgentError(exitCodes.usage, `there is no service definition for ${platform}; give linux, darwin or win32`);
}

/** The agent of this machine, as a service manager must know it. */
export function factsOf({ folders, settings: { environment } }: Machine, runAs: string | undefined): ServiceFacts {
  const { NEXOMATIC_MODULES: modules = '', NEXOMATIC_DRAIN_SECONDS: drain, NEXOMATIC_STATE_DIR: state } = environment;
  const { NEXOMATIC_ISOLATION: isolation = 'none' } = environment;
  return {
    node: process.execPath,
    program: path.resolve(process.argv[1] ?? ''),
    folders: { ...folders, state: state ?? folders.state },
    modules: modules.split(path.delimiter).filter(Boolean),
    user: runAs ?? serviceName,
    drainSeconds: Number(drain ?? 60),
    isolates: isolation !== 'none',
  };
}

/** Refuses what can only be done on the system at hand. */
export function expectThisPlatform({ platform = process.platform }: ServiceOptions): void {
  if (platform === process.platform) return;
  throw new AgentError(exitCodes.usage, `a service for ${platform} can be printed here (--dry-run), and nothing else`);
}

/** Refuses whoever may not change the service. */
export function expectRights({ file }: ServiceDefinition, { user }: ServiceOptions): void {
  if (user || process.platform === 'win32' || userInfo().uid === 0) return;
  const text = `${file} can only be written by root; run it with sudo, or with --user for a service of your own`;
  throw new AgentError(exitCodes.unauthenticated, text);
}
