import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { AgentError, exitCodes } from '../../agent-error.ts';
import type { Machine } from '../machine.ts';
import type { Talk } from '../talk.ts';
import { definitionOf, expectRights, expectThisPlatform, type ServiceOptions } from './define-service.ts';
import type { ServiceDefinition } from './definition.ts';
import { runCommand } from './run-command.ts';

/** Starts the service that is installed. */
export async function startService(machine: Machine, options: ServiceOptions, talk: Talk): Promise<void> {
  const definition = installed(machine, options);
  if (options.dryRun) return show(definition.start, talk);
  expectRights(definition, options);
  await runCommand(definition.start);
  talk.result('the service was started; see how it goes with `nexomatic-sink service logs`', { started: true });
}

/** Stops the service until it is started again, or the machine is. */
export async function stopService(machine: Machine, options: ServiceOptions, talk: Talk): Promise<void> {
  const definition = installed(machine, options);
  if (options.dryRun) return show(definition.stop, talk);
  expectRights(definition, options);
  talk.say('running events may end first…');
  await runCommand(definition.stop, stopMs);
  talk.result('the service was stopped', { stopped: true });
}

/** A drain may be as long as a day. */
const stopMs = 24 * 3_600_000;

/** Prints the last lines of the agent's log, and with `follow` every new one until Ctrl-C. */
export async function serviceLogs(
  machine: Machine,
  { lines, follow, ...options }: ServiceOptions & { lines: number; follow: boolean },
  talk: Talk,
): Promise<void> {
  const command = installed(machine, options).logs(lines, follow);
  if (options.dryRun) return show(command, talk);
  const [program = '', ...args] = command;
  const child = spawn(program, args, { stdio: 'inherit' });
  const [code] = await once(child, 'exit').catch((error: Error) => {
    throw new AgentError(exitCodes.failed, `${program} can not be run: ${error.message}`, { cause: error });
  });
  if (code) throw new AgentError(exitCodes.failed, `${command.join(' ')} ended with ${code}`);
}

function installed(machine: Machine, options: ServiceOptions): ServiceDefinition {
  const definition = definitionOf(machine, options);
  if (options.dryRun) return definition;
  expectThisPlatform(options);
  if (existsSync(definition.file)) return definition;
  const text = `the service is not installed (${definition.file}); install it with \`nexomatic-sink service install\``;
  throw new AgentError(exitCodes.notFound, text);
}

const show = (command: string[], talk: Talk): void => talk.result(command.join(' '), { command });
