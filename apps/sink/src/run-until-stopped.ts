import { HubError } from '@nexomatic/client/hub-error';
import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { Logger } from '@nexomatic/logger';
import { type Agent, type AgentOptions, startAgent } from './agent.ts';
import { AgentError, exitCodes } from './agent-error.ts';
import type { AgentEnd } from './control/open-control.ts';
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

/**
 * Runs the agent of the command line: whatever this machine can run, stopped by signals. A reset begins it anew, with settings
 * that are read anew by `readEnv`; settings that can't be used any more leave those of before in force.
 */
export async function runUntilStopped({
  readEnv,
  ...deps
}: Pick<RunDeps, 'boxKeys' | 'logger' | 'clock'> & { readEnv(): SinkEnv }): Promise<void> {
  const signals = listenToSignals();
  let env = readEnv();
  let end: AgentEnd = await runOnce(env, { ...deps, signals, done: [] });
  while (end.how === 'reset' && !signals.waiting.aborted) {
    try {
      env = readEnv();
    } catch (error) {
      deps.logger.error({ error: error instanceof Error ? error.message : String(error) }, 'settings.unusable');
    }
    end = await runOnce(env, { ...deps, signals, done: end.signals });
  }
  if (end.how !== 'killed') return;
  const text =
    'the hub told this sink to stay dead; start it again by hand when it is to run, for example with `nexomatic-sink service install`';
  throw new AgentError(exitCodes.killed, text);
}

const nothing = (): void => undefined;

/**
 * What signals do: SIGTERM and SIGINT end the waiting for a hub, and then what the agent says that they do; SIGQUIT does at
 * once what a second one of them does; SIGHUP has the agent begin anew.
 */
function listenToSignals() {
  const waiting = new AbortController();
  const on = { stop: nothing, stopNow: nothing, reload: nothing };
  const stopBy = (how: 'stop' | 'stopNow') => () => {
    waiting.abort();
    on[how]();
  };
  process.on('SIGTERM', stopBy('stop'));
  process.on('SIGINT', stopBy('stop'));
  process.on('SIGQUIT', stopBy('stopNow'));
  process.on('SIGHUP', () => on.reload());
  return { waiting: waiting.signal, on };
}

interface RunDeps {
  boxKeys: BoxKeys;
  logger: Logger;
  clock: Clock;
  signals: ReturnType<typeof listenToSignals>;
  done: readonly Id<'signal'>[];
}

async function runOnce(env: SinkEnv, { boxKeys, logger, clock, signals, done }: RunDeps): Promise<AgentEnd> {
  const folders = await openWorkingFolders(env.stateFolder);
  const sink = env.sinkFile === undefined ? undefined : await loadSinkFile(env.sinkFile);
  if (sink && env.isolation !== 'none') throw new AgentError(exitCodes.configuration, notInside);
  const isolation = await openIsolation(env.isolation, env.ownFolders);
  const { runners, absent }: Runners = sink
    ? { runners: { CUSTOM: createDefinedRunner(sink) }, absent: {} }
    : await createRunners({ ...env, isolation, environment: env.passed, folders, logger, clock });
  const { hubUrl, moduleRoots, slots } = env;
  logger.info(
    { version, hubUrl, moduleRoots, slots, python: runners.PYTHON?.runtimeVersion, pid: process.pid },
    'agent.starting',
  );
  const given = { ...env, boxKeys, logger, clock, runners, absent, sinkType: sink?.type, done };
  const agent = await startOrStop({ ...given, signal: signals.waiting });
  if (!agent) return { how: 'stopped' };
  const { sinkId, name, queues, paused } = agent.hello;
  logger.info({ sinkId, name, queues: queues.map((queue) => queue.name), paused }, 'agent.ready');

  const stop = (): void => {
    signals.on.stop = agent.stopNow;
    agent.stop();
  };
  Object.assign(signals.on, { stop, stopNow: agent.stopNow, reload: agent.reload });
  if (signals.waiting.aborted) stop();
  const end = await agent.stopped;
  Object.assign(signals.on, { stop: nothing, stopNow: nothing, reload: nothing });
  await folders.close();
  return end;
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
