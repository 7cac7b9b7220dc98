import type { Credential } from '@nexomatic/client/credential';
import { systemClock } from '@nexomatic/clock';
import type { SinkRuntime } from '@nexomatic/contracts/sink-protocol';
import { createLogger } from '@nexomatic/logger';
import { AgentError, exitCodes } from '../agent-error.ts';
import { readEnv } from '../env.ts';
import { createRunners } from '../runner/create-runners.ts';
import { openIsolation } from '../runner/isolation.ts';
import type { Runner } from '../runner/runner.ts';
import { openWorkingFolders } from '../runner/working-folder.ts';
import { type Machine, SettingsError } from './machine.ts';

/** What this machine runs modules of one kind with, without any hub. Close it when done. */
export interface OpenedRunner {
  runtime: SinkRuntime;
  runner: Runner;
  close(): Promise<void>;
}

/** Where no hub is asked, nobody has to be known. */
const nobody: Credential = {
  get: () => Promise.reject(new Error('no hub is asked')),
  renewed: async () => null,
};

/** The runner of that kind; without one that of the sink's own type, and Python on a machine that has not joined. */
export async function openRunner(machine: Machine, asked: SinkRuntime | undefined): Promise<OpenedRunner> {
  const runtime = asked ?? machine.identity?.type.runtime ?? 'PYTHON';
  const { environment } = machine.settings;
  const hubUrl = environment.NEXOMATIC_HUB_URL || 'http://127.0.0.1';
  const outcome = readEnv({ ...environment, NEXOMATIC_HUB_URL: hubUrl }, nobody);
  if (!outcome.ok) throw new SettingsError(outcome.faults);
  const { env } = outcome;
  const folders = await openWorkingFolders(env.stateFolder);
  const logger = createLogger('sink', 'silent');
  const { runners, absent } = await createRunners({
    ...env,
    isolation: await openIsolation(env.isolation, env.ownFolders),
    // One run is over before a copy of a warm interpreter would be worth its start.
    pythonStart: 'spawn',
    ...{ environment: env.passed, folders, logger, clock: systemClock },
  });
  const close = async (): Promise<void> => {
    for (const one of Object.values(runners)) await one.close?.();
    await folders.close();
  };
  const runner = runners[runtime];
  if (runner) return { runtime, runner, close };
  await close();
  throw new AgentError(
    exitCodes.configuration,
    absent[runtime] ?? `this machine can not run ${runtime.toLowerCase()} modules`,
  );
}
