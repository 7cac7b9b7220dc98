import { type Clock, systemClock } from '@nexomatic/clock';
import { newId } from '@nexomatic/contracts/id';
import type { LogRecord } from '@nexomatic/contracts/sink-protocol';
import { AttemptLog } from '../logs/attempt-log.ts';
import type { NumberedChunk } from '../logs/chunker.ts';
import { maskOutcome } from './mask-outcome.ts';
import type { ModuleAssignment, ModuleOutcome, Runner } from './runner.ts';

export interface OfflineRun {
  module: string;
  /** The payload's bytes; `{}` if left out. */
  payload?: Uint8Array;
  contentType?: string;
  eventType?: string;
  /** Values as JSON text by key. */
  parameters?: Record<string, string>;
  secrets?: Record<string, string>;
  timeoutMs?: number;
  /** Ends the module: it gets time to finish. */
  signal?: AbortSignal;
  /** Told of the log as it is written. */
  onLog?(chunks: NumberedChunk[]): void;
  clock?: Clock;
}

export interface OfflineResult {
  outcome: ModuleOutcome;
  records: LogRecord[];
  stdout: string;
  stderr: string;
  ms: number;
}

/** Runs a module as an event would, without any hub: the same process, limits, log and outcome, masked alike. */
export async function runModuleOffline(runner: Runner, run: OfflineRun): Promise<OfflineResult> {
  const { clock = systemClock } = run;
  const chunks: NumberedChunk[] = [];
  const log = new AttemptLog({
    clock,
    async send(more) {
      chunks.push(...more);
      run.onLog?.(more);
      return 'stored';
    },
    onFailure(error) {
      throw error;
    },
  });
  log.mask(Object.values(run.secrets ?? {}).map((value) => Buffer.from(value)));
  const assignment = offlineAssignment(run);
  const startedAt = clock.monotonic();
  const running = runner.start(assignment, log);
  const timer = setTimeout(() => running.end('gently'), assignment.timeoutMs);
  const end = (): void => running.end('gently');
  run.signal?.addEventListener('abort', end);
  if (run.signal?.aborted) end();
  const outcome = await running.outcome;
  clearTimeout(timer);
  run.signal?.removeEventListener('abort', end);
  const ms = Math.round(clock.monotonic() - startedAt);
  await log.close();
  return { outcome: maskOutcome(outcome, log.masker), ms, ...readLog(chunks) };
}

/** The assignment of an event that no hub knows. */
export function offlineAssignment(run: OfflineRun): ModuleAssignment {
  const { module, payload, parameters = {}, secrets = {}, timeoutMs = 600_000 } = run;
  const { contentType = 'application/json', eventType = 'offline' } = run;
  const eventId = newId('event');
  return {
    outcome: 'claimed',
    ...{ eventId, rootId: eventId, attempt: 1, traceId: '0'.repeat(32) },
    ...{ module, eventType, contentType, timeoutMs, secrets },
    parameters: Object.entries(parameters).map(([key, json]) => ({ key, kind: 'STATIC', origin: 'action', json })),
    payload: payload ? { base64: Buffer.from(payload).toString('base64') } : { utf8: '{}' },
  };
}

/** What a log says, channel by channel. */
export function readLog(chunks: NumberedChunk[]): Pick<OfflineResult, 'records' | 'stdout' | 'stderr'> {
  const text = (channel: string): string =>
    Buffer.concat(chunks.filter((chunk) => chunk.channel === channel).map((chunk) => chunk.bytes)).toString();
  const lines = text('record').split('\n').filter(Boolean);
  return { stdout: text('stdout'), stderr: text('stderr'), records: lines.map((line) => JSON.parse(line)) };
}
