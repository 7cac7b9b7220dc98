import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { AgentError, exitCodes } from '../../agent-error.ts';
import { expectJoined, type Machine } from '../machine.ts';
import type { Talk } from '../talk.ts';
import { type ServiceDefinition, type ServiceFacts, serviceName, writtenFolders } from './definition.ts';
import { launchdJob } from './launchd.ts';
import { systemdUnit } from './systemd.ts';
import { windowsTask } from './windows.ts';

const exec = promisify(execFile);

export interface ServiceOptions {
  /** For the person alone, not for the machine. */
  user: boolean;
  runAs?: string | undefined;
  /** Of another system than this one; nothing can be done with it here but to look at it. */
  platform?: string | undefined;
  dryRun: boolean;
}

/** Makes the agent a service that starts with the machine. */
export async function installService(machine: Machine, options: ServiceOptions, talk: Talk): Promise<void> {
  const definition = definitionOf(machine, options);
  if (options.dryRun) return show(definition, talk);
  expectJoined(machine);
  expectThisPlatform(options);
  expectRights(definition, options);
  if (process.platform === 'linux' && !options.user) await giveToAccount(factsOf(machine, options.runAs));
  mkdirSync(machine.folders.state, { recursive: true, mode: 0o700 });
  mkdirSync(path.dirname(definition.file), { recursive: true });
  writeFileSync(definition.file, definition.text);
  for (const command of definition.install) await runCommand(command);
  talk.result(`the service runs (${definition.file}); look at it with \`nexomatic-sink service status\``, {
    file: definition.file,
  });
}

/** Stops the service and takes its definition away; identity, settings and modules stay. */
export async function uninstallService(machine: Machine, options: ServiceOptions, talk: Talk): Promise<void> {
  const definition = definitionOf(machine, options);
  if (options.dryRun) return show(definition, talk);
  expectThisPlatform(options);
  if (!existsSync(definition.file)) {
    throw new AgentError(exitCodes.notFound, `there is no service to take away (${definition.file})`);
  }
  expectRights(definition, options);
  const [stop, ...after] = definition.uninstall;
  if (stop) await runCommand(stop);
  rmSync(definition.file, { force: true });
  for (const command of after) await runCommand(command);
  talk.result('the service is gone; identity, settings and modules stay', { file: definition.file });
}

/** Whether there is a service, and whether it runs. */
export async function serviceStatus(machine: Machine, options: ServiceOptions, talk: Talk): Promise<void> {
  const { file, status } = definitionOf(machine, options);
  const isInstalled = existsSync(file);
  const runs = isInstalled && (await runCommand(status).then(Boolean, () => false));
  const word = isInstalled ? (runs ? 'runs' : 'is installed and does not run') : 'is not installed';
  talk.result(`the service ${word} (${file})`, { file, installed: isInstalled, running: runs });
  if (!runs) throw new AgentError(isInstalled ? exitCodes.failed : exitCodes.notFound, `the service ${word}`);
}

function definitionOf(
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

function factsOf({ folders, settings: { environment } }: Machine, runAs: string | undefined): ServiceFacts {
  const { NEXOMATIC_MODULES: modules = '', NEXOMATIC_DRAIN_SECONDS: drain, NEXOMATIC_STATE_DIR: state } = environment;
  return {
    node: process.execPath,
    program: path.resolve(process.argv[1] ?? ''),
    folders: { ...folders, state: state ?? folders.state },
    modules: modules.split(path.delimiter).filter(Boolean),
    user: runAs ?? serviceName,
    drainSeconds: Number(drain ?? 60),
  };
}

/** The account that the service runs as, made where there is none, owns what the agent writes and nothing else. */
async function giveToAccount(facts: ServiceFacts): Promise<void> {
  const { user } = facts;
  const isKnown = await runCommand(['id', '-u', user]).then(Boolean, () => false);
  if (!isKnown) await runCommand(['useradd', '--system', '--no-create-home', '--shell', '/usr/sbin/nologin', user]);
  for (const folder of writtenFolders(facts)) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    await runCommand(['chown', '-R', `${user}:`, folder]);
  }
}

function show(definition: ServiceDefinition, talk: Talk): void {
  talk.result(`# ${definition.file}\n${definition.text}`, definition);
}

function expectThisPlatform({ platform = process.platform }: ServiceOptions): void {
  if (platform === process.platform) return;
  throw new AgentError(exitCodes.usage, `a service for ${platform} can be printed here (--dry-run), and nothing else`);
}

function expectRights({ file }: ServiceDefinition, { user }: ServiceOptions): void {
  if (user || process.platform === 'win32' || userInfo().uid === 0) return;
  const text = `${file} can only be written by root; run it with sudo, or with --user for a service of your own`;
  throw new AgentError(exitCodes.unauthenticated, text);
}

async function runCommand([command = '', ...args]: string[]): Promise<true> {
  try {
    await exec(command, args, { timeout: 60_000 });
    return true;
  } catch (error) {
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    const reason = said || (error instanceof Error ? error.message : String(error));
    throw new AgentError(exitCodes.failed, `${[command, ...args].join(' ')} failed: ${reason}`, { cause: error });
  }
}
