import { systemClock } from '@nexomatic/clock';
import { createLogger } from '@nexomatic/logger';
import type { SinkEnv } from '../env.ts';
import { runUntilStopped } from '../run-until-stopped.ts';
import { type BoxKeys, createIdentityBoxKeys, createPassingBoxKeys } from '../secrets/box-keys.ts';
import { join } from './join.ts';
import { type Machine, readMachine } from './machine.ts';
import type { Given } from './settings.ts';

/**
 * Runs the agent until it is told to stop. A machine that has not joined, and has NEXOMATIC_JOIN in its environment, joins
 * first: so containers come up by one setting, and know themselves again as long as their config folder is kept.
 */
export async function run(
  environment: Record<string, string | undefined>,
  { logFile, ...flags }: Given & { dir?: string | undefined; logFile?: string | undefined },
): Promise<void> {
  const machine = await joinedMachine(environment, flags);
  const env = machine.env();
  await runUntilStopped({
    readEnv: () => readMachine(environment, flags).env(),
    boxKeys: boxKeysOf(machine, env),
    logger: createLogger('sink', env.logLevel, logFile),
    clock: systemClock,
  });
}

/** Who joined has keys that stay; a standing token comes without any. */
function boxKeysOf({ identity, folders }: Machine, { token }: SinkEnv): BoxKeys {
  return identity && typeof token !== 'string'
    ? createIdentityBoxKeys(folders.config, identity)
    : createPassingBoxKeys();
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
