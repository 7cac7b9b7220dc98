import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import type { Assignment } from '@nexomatic/contracts/sink-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import type { Logger } from '@nexomatic/logger';
import type { AttemptLog } from '../logs/attempt-log.ts';
import { drainOutput } from './drain-output.ts';
import { endProcessGroup, graceMs, signalGroup } from './end-process-group.ts';
import { killTagged } from './kill-tagged.ts';
import { ModuleReport } from './module-report.ts';
import { processOutcome } from './process-outcome.ts';
import type { ModuleOutcome, ModuleRun, Runner } from './runner.ts';
import { readRunnerMessages } from './runner-channel.ts';
import { type PassedEnvironment, type SpawnedRunner, spawnRunner } from './spawn-runner.ts';
import { SurvivorSweep } from './sweep-survivors.ts';
import type { WorkingFolders } from './working-folder.ts';

/** A process that has said its last word may take this long to exit. */
const lingerMs = 10_000;

export interface ProcessRunnerOptions {
  /** The program that speaks the runner protocol. */
  command: string;
  args: string[];
  moduleRoots: string[];
  folders: WorkingFolders;
  environment: PassedEnvironment;
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
      await options.folders.close();
    },
  };
}

function startProcess(
  options: ProcessRunnerOptions,
  survivors: SurvivorSweep,
  assignment: Assignment,
  log: AttemptLog,
): ModuleRun {
  const asked = Promise.withResolvers<void>();
  const hurry = new AbortController();
  const runId = `${assignment.eventId}-${assignment.attempt}-${randomBytes(4).toString('hex')}`;

  async function run(): Promise<ModuleOutcome> {
    const folder = await options.folders.make();
    try {
      const runner = spawnRunner({ ...options, folder, runId });
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
  assignment: Assignment;
  log: AttemptLog;
  runId: string;
  /** Settles when the module has to be ended. */
  asked: Promise<void>;
  hurry: AbortSignal;
}

/** Sees a started process through: its messages, its output, its end. */
async function attend(
  options: ProcessRunnerOptions,
  runner: SpawnedRunner,
  { assignment, log, runId, asked, hurry }: Attended,
): Promise<ModuleOutcome> {
  const { pid, exited } = runner;
  const said = new ModuleReport(log, options.clock);
  const lastWord = Promise.withResolvers<void>();
  readRunnerMessages(runner.messages, {
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
  runner.start(startLine(options, assignment));

  let lingered = false;
  if (pid !== undefined) {
    const group = { pid, runId, exited };
    const linger = lastWord.promise.then(() => sleep(options.lingerMs ?? lingerMs, 'lingers' as const, { ref: false }));
    const first = await Promise.race([exited, asked.then(() => 'asked' as const), linger]);
    lingered = first === 'lingers';
    if (first === 'lingers') {
      log.lastWord({ level: 'warn', message: 'The process was still running after its last word; it was ended.' });
    }
    if (first === 'lingers' || first === 'asked') await endProcessGroup(group, options.graceMs ?? graceMs, hurry);
  }
  const exit = await exited;
  if (exit instanceof Error) throw exit;
  if (pid !== undefined) signalGroup(pid, 'SIGKILL');
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

function streamTo(log: AttemptLog, channel: 'stdout' | 'stderr', stream: SpawnedRunner['stdout']) {
  return stream.on('data', (bytes: Buffer) => log.raw(channel, bytes));
}

function startLine({ moduleRoots }: ProcessRunnerOptions, assignment: Assignment) {
  const { eventId, eventType, attempt, rootId, traceId, module, contentType, parameters, payload } = assignment;
  return {
    type: 'start' as const,
    ...{ eventId, eventType, attempt, rootId, traceId, module, moduleRoots, contentType },
    payloadBase64: 'base64' in payload ? payload.base64 : Buffer.from(fromWire(payload)).toString('base64'),
    parameters: Object.fromEntries(parameters.map(({ key, json }) => [key, json])),
  };
}

function couldNotRun(error: unknown): ModuleOutcome {
  const message = error instanceof Error ? error.message : String(error);
  return { state: 'ERROR', reason: 'exception', message: `the sink could not start the module: ${message}` };
}
