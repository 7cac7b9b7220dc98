import { systemClock } from '@nexomatic/clock';
import { createLogger } from '@nexomatic/logger';
import { runUntilStopped } from '../run-until-stopped.ts';
import { join } from './join.ts';
import { type Machine, readMachine } from './machine.ts';
import type { Given } from './settings.ts';

/**
 * Runs the agent until it is told to stop. A machine that has not joined, and has NEXOMATIC_JOIN in its environment, joins
 * first: so containers come up by one setting, and know themselves again as long as their config folder is kept.
 */
export async function run(
  environment: Record<string, string | undefined>,
  flags: Given & { dir?: string | undefined },
): Promise<void> {
  const env = (await joinedMachine(environment, flags)).env();
  await runUntilStopped(env, createLogger('sink', env.logLevel), systemClock);
}

async function joinedMachine(
  environment: Record<string, string | undefined>,
  flags: Given & { dir?: string | undefined },
): Promise<Machine> {
  const machine = readMachine(environment, flags);
  const { NEXOMATIC_JOIN: target, NEXOMATIC_SINK_NAME: name, NEXOMATIC_SINK_LABELS: labels = '' } = environment;
  if (machine.identity || !target) return machine;
  await join(machine, target, { name: name || undefined, labels: labels.split(',').filter(Boolean), settings: {} });
  return readMachine(environment, flags);
}
