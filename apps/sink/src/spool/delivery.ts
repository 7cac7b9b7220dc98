import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@nexomatic/client/hub-error';
import { retryWaitMs } from '@nexomatic/client/keep-trying';
import type { AppendOutcome, SinkClient } from '@nexomatic/client/sink-client';
import type { LogChunk, RecordOutcome, Report } from '@nexomatic/contracts/sink-protocol';
import { fromWire } from '@nexomatic/contracts/wire-bytes';
import type { Logger } from '@nexomatic/logger';
import { countLines } from '../logs/chunker.ts';
import { recordLine } from '../logs/clip-record.ts';
import { groupDigits } from '../logs/group-digits.ts';
import { packChunks } from './pack-chunks.ts';
import type { SpoolEntry, SpoolFiles } from './spool-files.ts';

/** Log that waits for the hub may take this much of the disk; results are never refused. */
export const defaultSpoolBytes = 256 * 1024 * 1024;

export interface DeliveryOptions {
  hub: Pick<SinkClient, 'record' | 'appendLogs'>;
  files: SpoolFiles;
  logger: Logger;
  maxBytes?: number;
  /** The hub takes log that is packed. */
  packs?: boolean;
  /** Told of every try that failed. */
  onFailure(error: unknown): void;
}

type Told = RecordOutcome | 'spooled';

/**
 * Tells the hub results and logs. What it can't take just now goes to the disk and is told later, in the order in which it
 * came, whatever happens to this process meanwhile; where the disk can't take it, memory keeps it.
 */
export class Delivery {
  readonly #options: DeliveryOptions;
  readonly #maxBytes: number;
  /** Entries that the disk did not take. */
  #memory: SpoolEntry[] = [];
  #draining: Promise<void> | undefined;
  #waiting = new Map<string, PromiseWithResolvers<void>>();
  #full = false;
  readonly #stop = new AbortController();

  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.#maxBytes = options.maxBytes ?? defaultSpoolBytes;
    // What an earlier process of this agent left.
    if (options.files.bytes > 0) this.#drain();
  }

  /** What waits on the disk, and whether log that comes now is dropped. */
  get use(): { bytes: number; full: boolean } {
    return { bytes: this.#options.files.bytes, full: this.#full };
  }

  /** `spooled`: it will be told; `delivered` settles when it was. */
  async record(report: Report): Promise<{ told: Told; delivered: Promise<void> }> {
    if (!this.#draining) {
      try {
        return { told: await this.#options.hub.record(report), delivered: Promise.resolve() };
      } catch (error) {
        this.#noteFailure(error);
      }
    }
    const delivered = Promise.withResolvers<void>();
    this.#waiting.set(keyOf(report), delivered);
    await this.#keep([{ report }], true);
    return { told: 'spooled', delivered: delivered.promise };
  }

  /** Chunks of one attempt, in order. What is kept for later counts as stored. */
  async appendLogs(chunks: LogChunk[]): Promise<AppendOutcome[]> {
    if (!this.#draining) {
      try {
        return await this.#sendLogs(chunks);
      } catch (error) {
        this.#noteFailure(error);
      }
    }
    await this.#keep(this.#withinLimit(chunks), false);
    return chunks.map(() => 'stored');
  }

  #sendLogs(chunks: LogChunk[]): Promise<AppendOutcome[]> {
    const { hub, packs } = this.#options;
    return hub.appendLogs(packs ? packChunks(chunks) : chunks);
  }

  /** Settles when nothing waits any more. */
  async drained(): Promise<void> {
    await this.#draining;
  }

  /** Tries no more; what waits on the disk is told by the next process of this agent. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#draining;
    await this.#options.files.close();
  }

  /** What can never be told is not kept. */
  #noteFailure(error: unknown): void {
    this.#options.onFailure(error);
    if (error instanceof HubError && error.kind === 'rejected') throw error;
  }

  async #keep(entries: SpoolEntry[], durable: boolean): Promise<void> {
    const { files, logger } = this.#options;
    try {
      await files.append(entries, { durable });
    } catch (error) {
      logger.error({ error: String(error) }, 'spool.not_written');
      this.#memory.push(...entries.map(withoutLog));
    }
    this.#drain();
  }

  /** A chunk that finds no room is replaced by one of the same number that says so: the log has no gap. */
  #withinLimit(chunks: LogChunk[]): SpoolEntry[] {
    let room = this.#maxBytes - this.#options.files.bytes;
    const wasFull = this.#full;
    const entries = chunks.map((chunk): SpoolEntry => {
      room -= lengthOf(chunk.bytes);
      return room >= 0 ? { log: chunk } : { log: droppedMarker(chunk) };
    });
    this.#full = room < 0;
    if (this.#full && !wasFull) this.#options.logger.warn({ maxBytes: this.#maxBytes }, 'spool.full');
    return entries;
  }

  #drain(): void {
    this.#draining ??= this.#run().finally(() => {
      this.#draining = undefined;
      this.#full = false;
      // Came while the last round was ending.
      if (!this.#stop.signal.aborted && (this.#memory.length > 0 || this.#options.files.bytes > 0)) this.#drain();
    });
  }

  async #run(): Promise<void> {
    const { files, logger } = this.#options;
    while (!this.#stop.signal.aborted) {
      const oldest = await files.oldest();
      if (!oldest && this.#memory.length === 0) return;
      const entries = oldest?.entries ?? this.#memory.splice(0);
      if (!(await this.#tellAll(entries))) {
        if (!oldest) this.#memory.unshift(...entries);
        return;
      }
      await oldest?.remove();
      logger.info({ entries: entries.length, bytesLeft: files.bytes }, 'spool.delivered');
    }
  }

  /** Logs first: a result ends the log of its attempt. False when this process is to tell no more. */
  async #tellAll(entries: SpoolEntry[]): Promise<boolean> {
    const { hub } = this.#options;
    const logs = Map.groupBy(
      entries.flatMap((entry) => ('log' in entry ? [entry.log] : [])),
      keyOf,
    );
    const reports = entries.flatMap((entry) => ('report' in entry ? [entry.report] : []));
    const calls = [
      () => Promise.all([...logs.values()].map((chunks) => this.#unlessRejected(this.#sendLogs(chunks)))),
      () => Promise.all(reports.map((report) => this.#unlessRejected(hub.record(report)))),
    ];
    for (const call of calls) if (!(await this.#keepTelling(call))) return false;
    for (const report of reports) {
      this.#waiting.get(keyOf(report))?.resolve();
      this.#waiting.delete(keyOf(report));
    }
    return true;
  }

  async #keepTelling(call: () => Promise<unknown>): Promise<boolean> {
    for (let failures = 1; !this.#stop.signal.aborted; failures += 1) {
      try {
        await call();
        return true;
      } catch (error) {
        this.#options.onFailure(error);
        // The next process may be let in; this one is told no more.
        if (error instanceof HubError && error.kind === 'unauthenticated') this.#stop.abort();
        if (!this.#stop.signal.aborted)
          await sleep(retryWaitMs(failures), undefined, { signal: this.#stop.signal, ref: false }).catch(
            () => undefined,
          );
      }
    }
    return false;
  }

  async #unlessRejected(call: Promise<unknown>): Promise<void> {
    try {
      await call;
    } catch (error) {
      if (!(error instanceof HubError) || error.kind !== 'rejected') throw error;
      this.#options.logger.error({ error: error.message }, 'spool.rejected');
    }
  }
}

const keyOf = ({ eventId, attempt }: Pick<Report, 'eventId' | 'attempt'>): string => `${eventId} ${attempt}`;
const lengthOf = (bytes: LogChunk['bytes']): number =>
  'utf8' in bytes ? bytes.utf8.length : 'gzip' in bytes ? bytes.gzip.length : bytes.base64.length;

function droppedMarker(chunk: LogChunk): LogChunk {
  if (chunk.lost) return chunk;
  const bytes = groupDigits(lengthOf(chunk.bytes));
  const why = 'the hub was away, and the space for waiting log was full';
  const message = `About ${bytes} bytes of log were dropped here: ${why}.`;
  const marker: LogChunk = {
    ...chunk,
    channel: 'record',
    lost: { lines: linesIn(chunk.bytes), why },
    bytes: { utf8: recordLine({ at: chunk.at, level: 'warn', message }) },
  };
  return lengthOf(marker.bytes) < lengthOf(chunk.bytes) ? marker : chunk;
}

const linesIn = (bytes: LogChunk['bytes']): number => ('gzip' in bytes ? 0 : countLines(fromWire(bytes)));

/** Memory is for results; of log it keeps how much there was. */
const withoutLog = (entry: SpoolEntry): SpoolEntry => ('log' in entry ? { log: droppedMarker(entry.log) } : entry);
