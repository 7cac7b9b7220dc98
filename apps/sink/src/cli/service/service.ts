import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { AgentError, exitCodes } from '../../agent-error.ts';
import { expectJoined, type Machine } from '../machine.ts';
import type { Talk } from '../talk.ts';
import { definitionOf, expectRights, expectThisPlatform, factsOf, type ServiceOptions } from './define-service.ts';
import { type ServiceDefinition, type ServiceFacts, writtenFolders } from './definition.ts';
import { runCommand } from './run-command.ts';

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
