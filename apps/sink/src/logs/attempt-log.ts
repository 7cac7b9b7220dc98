import type { Clock } from '@nexomatic/clock';
import type { LogChannel, LogRecord } from '@nexomatic/contracts/sink-protocol';
import { createMasker, type Masker, noMasker } from '@nexomatic/redaction/masker';
import type { MaskerPool } from '@nexomatic/redaction/masker-pool';
import { Chunker, chunkBytes, countLines, type Dropped, type NumberedChunk, newline } from './chunker.ts';
import { recordLine } from './clip-record.ts';
import { freeAtOnce } from './free-at-once.ts';
import { groupDigits } from './group-digits.ts';
import { MaskedOutput } from './masked-output.ts';

/** Bytes of log that are kept of one attempt. */
const capBytes = 16 * 1024 * 1024;
const flushAfterMs = 250;
const flushBytes = 4 * chunkBytes;
/** With this much waiting the module's output is not read further; with this little it is again. */
const fullBytes = 1024 * 1024;
const roomyBytes = 256 * 1024;
/** Waiting never grows beyond this, whoever writes. */
const hardBytes = 4 * 1024 * 1024;
/** A module whose output nobody takes is held up no longer than this; then output is dropped and the log says so. */
const longestHoldMs = 5_000;

export interface AttemptLogOptions {
  clock: Clock;
  /** Sends chunks in order and says whether the hub keeps this attempt's log at all. Settles when they are stored. */
  send(chunks: NumberedChunk[]): Promise<'stored' | 'refused'>;
  /** Told once when chunks could not be sent; the attempt goes on without them. */
  onFailure(error: unknown): void;
  /** Where maskers come from that may be shared. */
  maskerOf?: MaskerPool;
  /** `ofTenant`: the cap is a setting of the tenant, and the log says so. */
  limits?: { capBytes?: number; ofTenant?: boolean; longestHoldMs?: number; fullBytes?: number };
}

/** What reads the module's output, so that it can be told to wait. */
export interface OutputSource {
  pause(): void;
  resume(): void;
}

type NewRecord = Omit<LogRecord, 'at'>;

/**
 * The log of one attempt: gathers records and raw output, sends them every quarter of a second or 256 KiB, keeps at
 * most 16 MiB, and holds up the module's output when the hub is slower than the module.
 */
export class AttemptLog {
  readonly #options: AttemptLogOptions;
  readonly #limits: { capBytes: number; longestHoldMs: number; fullBytes: number };
  #masker = noMasker;
  readonly #chunker = new Chunker();
  #outputs = this.#openOutputs();
  readonly #sources = new Set<OutputSource>();
  #written = 0;
  /** What was not kept since the last mark. */
  #dropped = nothingDropped();
  #capped = false;
  #skipping = false;
  #refused = false;
  #holdTimer: NodeJS.Timeout | undefined;
  #flushTimer: NodeJS.Timeout | undefined;
  #sending: Promise<void> | undefined;

  constructor(options: AttemptLogOptions) {
    this.#options = options;
    this.#limits = { capBytes, longestHoldMs, fullBytes, ...options.limits };
  }

  /** From now on these values (UTF-8) are taken out of everything that is written, before anything else is done with it. */
  mask(values: readonly Uint8Array[]): void {
    this.#masker = (this.#options.maskerOf ?? createMasker)(values);
    this.#outputs = this.#openOutputs();
  }

  /** For what an attempt tells beside its log. */
  get masker(): Masker {
    return this.#masker;
  }

  record(record: NewRecord): void {
    this.#accept('record', this.#lineOf(record));
  }

  /** A record that is kept even when the log is full: how the attempt ended. */
  lastWord(record: NewRecord): void {
    this.#markDropped();
    this.#put('record', this.#lineOf(record));
  }

  /** Bytes that the process wrote; they are the log's from now on. */
  raw(channel: 'stdout' | 'stderr', bytes: Uint8Array): void {
    // What is not kept needs no masking.
    const safe = this.#capped ? bytes : this.#outputs[channel].push(bytes);
    if (!this.#accept(channel, safe, bytes.length)) freeAtOnce(safe);
  }

  /** Lets the log hold up this source; the returned function takes it off again. */
  holdsUp(source: OutputSource): () => void {
    this.#sources.add(source);
    if (this.#holdTimer) source.pause();
    return () => this.#sources.delete(source);
  }

  /** Whether the module's output is being held up just now. */
  get holding(): boolean {
    return this.#holdTimer !== undefined;
  }

  /** Bytes that the attempt wrote, kept or not. */
  get written(): number {
    return this.#written;
  }

  /** Lines of the log so far, with those that were dropped. */
  get lines(): number {
    return this.#chunker.lines;
  }

  /** Sends what is left and gives the highest number that was used: a reader sees by it what is missing. Costs nothing if nothing was written. */
  async close(): Promise<number> {
    if (this.#written === 0 && this.#chunker.size === 0) return 0;
    for (const output of Object.values(this.#outputs)) output.end();
    this.#release();
    this.#markDropped();
    clearTimeout(this.#flushTimer);
    await this.#sending;
    await this.#sendAll(true);
    clearTimeout(this.#flushTimer);
    return this.#chunker.lastSeq;
  }

  #lineOf(record: NewRecord): Uint8Array {
    return Buffer.from(recordLine({ at: this.#options.clock.now(), ...record }, this.#masker));
  }

  #openOutputs(): Record<'stdout' | 'stderr', MaskedOutput> {
    const open = (channel: LogChannel) =>
      new MaskedOutput(this.#masker.openStream(), (rest) => this.#accept(channel, rest, 0));
    return { stdout: open('stdout'), stderr: open('stderr') };
  }

  /** Whether the bytes are kept; they stand for this many that were written. */
  #accept(channel: LogChannel, bytes: Uint8Array, written = bytes.length): boolean {
    this.#written += written;
    if (!this.#capped && this.#written > this.#limits.capBytes) {
      this.#capped = true;
      this.#markDropped();
      const whose = this.#options.limits?.ofTenant ? ' (limit of this tenant)' : '';
      const why = `truncated at ${sizeText(this.#limits.capBytes)}${whose}`;
      this.#mark(`Log ${why}: what follows is not kept.`, why, nothingDropped());
    }
    if (this.#capped || this.#skipping || this.#chunker.size >= hardBytes) {
      this.#drop(channel, bytes);
      return false;
    }
    this.#markDropped();
    this.#put(channel, bytes);
    return true;
  }

  #drop(channel: LogChannel, bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    this.#dropped.bytes += bytes.length;
    this.#dropped.lines += countLines(bytes);
    this.#dropped.ended.set(channel, bytes.at(-1) === newline);
  }

  #put(channel: LogChannel, bytes: Uint8Array): void {
    if (this.#refused) return;
    this.#chunker.write(channel, bytes, this.#options.clock.now());
    this.#wake();
  }

  #wake(): void {
    if (this.#chunker.size >= this.#limits.fullBytes) this.#hold();
    if (this.#chunker.size >= flushBytes) this.#flush();
    else if (this.#sending === undefined) this.#flushTimer ??= setTimeout(() => this.#flush(), flushAfterMs);
  }

  #flush(): void {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    if (this.#sending !== undefined) return;
    this.#sending = this.#sendAll(false).finally(() => {
      this.#sending = undefined;
      // What was held back as an unfinished line, or came while the last chunks were on their way.
      if (this.#chunker.size > 0) this.#flushTimer ??= setTimeout(() => this.#flush(), flushAfterMs);
    });
  }

  async #sendAll(final: boolean): Promise<void> {
    do {
      const chunks = this.#chunker.take(flushBytes, final);
      if (chunks.length > 0) await this.#sendSome(chunks);
      if (this.#chunker.size <= roomyBytes) this.#makeRoom();
    } while (this.#chunker.size >= (final ? 1 : flushBytes));
  }

  async #sendSome(chunks: NumberedChunk[]): Promise<void> {
    if (this.#refused) return;
    try {
      if ((await this.#options.send(chunks)) === 'refused') this.#refused = true;
    } catch (error) {
      this.#refused = true;
      this.#options.onFailure(error);
    }
  }

  #hold(): void {
    if (this.#holdTimer || this.#skipping || this.#sources.size === 0) return;
    for (const source of this.#sources) source.pause();
    this.#holdTimer = setTimeout(() => {
      this.#skipping = true;
      this.#release();
    }, this.#limits.longestHoldMs);
  }

  #release(): void {
    if (!this.#holdTimer) return;
    clearTimeout(this.#holdTimer);
    this.#holdTimer = undefined;
    for (const source of this.#sources) source.resume();
  }

  #makeRoom(): void {
    this.#release();
    if (!this.#skipping) return;
    this.#skipping = false;
    if (!this.#capped) this.#markDropped();
  }

  #markDropped(): void {
    const dropped = this.#dropped;
    if (dropped.bytes === 0) return;
    this.#dropped = nothingDropped();
    const why = this.#capped ? 'the log was full' : 'the hub took no log for a while';
    this.#mark(`${groupDigits(dropped.bytes)} bytes of log were dropped here: ${why}.`, why, dropped);
  }

  #mark(message: string, why: string, dropped: Dropped): void {
    const line = this.#lineOf({ level: 'warn', message });
    if (this.#refused) return;
    this.#chunker.mark(line, this.#options.clock.now(), { why, dropped });
    this.#wake();
  }
}

const nothingDropped = (): Dropped => ({ bytes: 0, lines: 0, ended: new Map() });

const sizeText = (bytes: number): string =>
  bytes % (1024 * 1024) === 0 ? `${bytes / (1024 * 1024)} MiB` : `${groupDigits(bytes)} bytes`;
