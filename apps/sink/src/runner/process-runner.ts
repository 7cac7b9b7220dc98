import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import { type RunnerStart, runnerMessageSchema } from '@nexomatic/contracts/runner-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import type { Logger } from '@nexomatic/logger';
import type { AttemptLog } from '../logs/attempt-log.ts';
import { drainOutput } from './drain-output.ts';
import { endProcessGroup, graceMs, signalGroup } from './end-process-group.ts';
import { killTagged } from './kill-tagged.ts';
import { ModuleNotFound } from './module-not-found.ts';
import { ModuleReport } from './module-report.ts';
import { processOutcome } from './process-outcome.ts';
import type { ModuleAssignment, ModuleOutcome, ModuleRun, Runner } from './runner.ts';
import { readMessages } from './runner-channel.ts';
import type { Launch, StartedProcess } from './started-process.ts';
import { SurvivorSweep } from './sweep-survivors.ts';
import type { WorkingFolders } from './working-folder.ts';

/** A process that has said its last word may take this long to exit. */
const lingerMs = 10_000;

export interface ProcessRunnerOptions {
  /** Gives a process that speaks the runner protocol. */
  launch: Launch;
  moduleRoots: string[];
  folders: WorkingFolders;
  clock: Clock;
  logger: Logger;
  /** Replaced in tests alone. */
  graceMs?: number;
  lingerMs?: number;
}

/** Runs every attempt in an operating system process of its own. */
export function createProcessRunner(options: ProcessRunnerOptions): Runner {
  const survivors = new SurvivorSweep(options.logger);
  return {
    start: (assignment, log) => startProcess(options, survivors, assignment, log),
    async close() {
      await survivors.runOnce();
    },
  };
}

function startProcess(
  options: ProcessRunnerOptions,
  survivors: SurvivorSweep,
  assignment: ModuleAssignment,
  log: AttemptLog,
): ModuleRun {
  const asked = Promise.withResolvers<void>();
  const hurry = new AbortController();
  const runId = `${assignment.eventId}-${assignment.attempt}-${randomBytes(4).toString('hex')}`;

  async function run(): Promise<ModuleOutcome> {
    const folder = await options.folders.make();
    try {
      const runner = await options.launch({ module: assignment.module, folder, runId });
      return await attend(options, runner, { assignment, log, runId, asked: asked.promise, hurry: hurry.signal });
    } finally {
      survivors.note(runId);
      options.folders.remove(folder).catch((error: unknown) => {
        options.logger.warn({ folder, error: String(error) }, 'folder.not_removed');
      });
    }
  }

  return {
    outcome: run().catch(couldNotRun),
    end(how) {
      if (how === 'at_once') hurry.abort();
      asked.resolve();
    },
  };
}

interface Attended {
  assignment: ModuleAssignment;
  log: AttemptLog;
  runId: string;
  /** Settles when the module has to be ended. */
  asked: Promise<void>;
  hurry: AbortSignal;
}

/** Sees a started process through: its messages, its output, its end. */
async function attend(
  options: ProcessRunnerOptions,
  runner: StartedProcess,
  { assignment, log, runId, asked, hurry }: Attended,
): Promise<ModuleOutcome> {
  const { pid, exited } = runner;
  const said = new ModuleReport(log, options.clock);
  const lastWord = Promise.withResolvers<void>();
  readMessages(runner.messages, runnerMessageSchema, {
    onMessage(message) {
      said.take(message);
      if (said.final) lastWord.resolve();
    },
    onInvalid: (why) => log.record({ level: 'warn', message: `The runner wrote something that is no message: ${why}` }),
  });
  const released = [
    log.holdsUp(runner.messages),
    log.holdsUp(streamTo(log, 'stdout', runner.stdout)),
    log.holdsUp(streamTo(log, 'stderr', runner.stderr)),
  ];
  runner.tell(startLine(options, assignment));

  let lingered = false;
  if (pid !== undefined) {
    const group = { pid, runId, exited };
    const linger = lastWord.promise.then(() => sleep(options.lingerMs ?? lingerMs, 'lingers' as const, { ref: false }));
    const first = await Promise.race([exited, asked.then(() => 'asked' as const), linger]);
    lingered = first === 'lingers';
    if (first === 'lingers') {
      log.lastWord({ level: 'warn', message: 'The process was still running after its last word; it was ended.' });
    }
    if (first === 'asked') runner.tell({ type: 'cancel' });
    if (first === 'lingers' || first === 'asked') await endProcessGroup(group, options.graceMs ?? graceMs, hurry);
  }
  const exit = await exited;
  if (exit instanceof Error) throw exit;
  if (pid !== undefined) signalGroup(pid, 'SIGKILL');
  // It may live on, if only the one who could tell is gone.
  if ('lost' in exit) await killTagged(new Set([runId]));
  await drainOutput({
    pipes: [runner.stdout, runner.stderr, runner.messages],
    isHeld: () => log.holding,
    onLeak: async () => {
      await killTagged(new Set([runId]));
    },
  });
  for (const release of released) release();
  if (said.final?.type === 'error' && said.final.detail) {
    log.lastWord({ level: 'error', message: said.final.detail });
  }
  return processOutcome(said, { ...exit, lingered });
}

function streamTo(log: AttemptLog, channel: 'stdout' | 'stderr', stream: StartedProcess['stdout']) {
  return stream.on('data', (bytes: Buffer) => log.raw(channel, bytes));
}

function startLine({ moduleRoots }: ProcessRunnerOptions, assignment: ModuleAssignment): RunnerStart {
  const { eventId, eventType, attempt, rootId, traceId, module, contentType, parameters, payload, secrets } =
    assignment;
  return {
    type: 'start',
    ...{ eventId, eventType, attempt, rootId, traceId, module, moduleRoots, contentType },
    payloadBase64: 'base64' in payload ? payload.base64 : Buffer.from(fromWire(payload)).toString('base64'),
    parameters: Object.fromEntries(parameters.map(({ key, json }) => [key, json])),
    secrets: secrets ?? {},
  };
}

function couldNotRun(error: unknown): ModuleOutcome {
  if (error instanceof ModuleNotFound) return { state: 'ERROR', reason: 'module_not_found', message: error.message };
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'ERROR', reason: 'exception', message: `the sink could not start the module: ${message}` };
}
