import { HubError } from '@nexomatic/client/hub-error';
import type { Clock } from '@nexomatic/clock';
import type { Logger } from '@nexomatic/logger';
import { type Agent, type AgentOptions, startAgent } from './agent.ts';
import { AgentError, exitCodes } from './agent-error.ts';
import type { SinkEnv } from './env.ts';
import { loadSinkFile } from './load-sink-file.ts';
import { createRunners, type Runners } from './runner/create-runners.ts';
import { createDefinedRunner } from './runner/inline.ts';
import { openIsolation } from './runner/isolation.ts';
import { openWorkingFolders } from './runner/working-folder.ts';
import type { BoxKeys } from './secrets/box-keys.ts';
import { version } from './version.ts';

const notInside =
  'NEXOMATIC_SINK_FILE runs inside the agent, where nothing isolates it: unset NEXOMATIC_ISOLATION, or run a program of the module folders';

/** Runs the agent of the command line: whatever this machine can run, stopped by signals. */
export async function runUntilStopped(env: SinkEnv, boxKeys: BoxKeys, logger: Logger, clock: Clock): Promise<void> {
  const folders = await openWorkingFolders(env.stateFolder);
  const sink = env.sinkFile === undefined ? undefined : await loadSinkFile(env.sinkFile);
  if (sink && env.isolation !== 'none') throw new AgentError(exitCodes.configuration, notInside);
  const isolation = await openIsolation(env.isolation, env.ownFolders);
  const { runners, absent }: Runners = sink
    ? { runners: { CUSTOM: createDefinedRunner(sink) }, absent: {} }
    : await createRunners({ ...env, isolation, environment: env.passed, folders, logger, clock });
  const waiting = new AbortController();
  let stop = (): void => waiting.abort();
  const onSignal = (): void => stop();
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);

  const { hubUrl, moduleRoots, slots } = env;
  logger.info(
    { version, hubUrl, moduleRoots, slots, python: runners.PYTHON?.runtimeVersion, pid: process.pid },
    'agent.starting',
  );
  const agent = await startOrStop({
    ...env,
    boxKeys,
    logger,
    clock,
    runners,
    absent,
    sinkType: sink?.type,
    signal: waiting.signal,
  });
  if (!agent) return;
  const { sinkId, name, queues } = agent.hello;
  logger.info({ sinkId, name, queues: queues.map((queue) => queue.name) }, 'agent.ready');

  stop = () => {
    stop = () => agent.stopNow();
    agent.stop();
  };
  if (waiting.signal.aborted) stop();
  await agent.stopped;
  await folders.close();
}

/** Starts the agent, unless it is told to stop before its hub has answered. */
async function startOrStop(options: AgentOptions & { signal: AbortSignal }): Promise<Agent | undefined> {
  try {
    return await startAgent(options);
  } catch (error) {
    if (!(error instanceof HubError && error.kind === 'gave_up')) throw error;
    options.logger.info('agent.stopped');
    return undefined;
  }
}
