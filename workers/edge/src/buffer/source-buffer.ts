import { DurableObject } from 'cloudflare:workers';
import { forwardEnvelope } from '@nexomatic/client/forward-envelope';
import { systemClock } from '@nexomatic/clock';
import type { DeadLetter } from '@nexomatic/contracts/edge-protocol';
import type { Envelope } from '@nexomatic/contracts/envelope';
import { readEnv } from '../env.ts';
import { writeLog } from '../request-log.ts';
import type { SealedSettings } from '../settings/stored-settings.ts';
import { backOffMs } from './back-off.ts';
import { bufferIndex, type SourceStatus } from './buffer-index.ts';
import { drainRound, type RoundEnd } from './drain-round.ts';
import { HeldRequests } from './held-requests.ts';
import { largestBodyInRow, putLargeBody } from './large-bodies.ts';
import { showDeadLetters } from './show-dead-letters.ts';

/**
 * `held`: it is on disk, and will be delivered. `nothing_waits`: it was to be held only behind others, and there are none.
 * `full`: there is no room for it.
 */
export type HoldOutcome = 'held' | 'nothing_waits' | 'full';

interface Failure {
  count: number;
  cause: string;
  nextTryAt: number;
}

/** Requests of one source, and bytes of all that this object keeps (10 GB is the platform's limit), beyond which none is held. */
const mostWaiting = 250_000;
const mostStoredBytes = 8 * 1024 ** 3;
/** A hub that is slow is waited for longer than while a sender waits. */
const deliverTimeoutMs = 10_000;
const firstTryAfterMs = 1_000;
/** When the alarm comes again should this object be ended in the midst of a round. */
const standByMs = 60_000;
const tellEveryMs = 1_000;
/** How often it looks whether dead letters have grown too old, while there are any. */
const lookAtDeadMs = 24 * 60 * 60 * 1_000;

/**
 * What is held of one source while the hub is away: on disk before its sender is answered, delivered by alarm, in order of arrival,
 * whoever is restarted meanwhile. Named by the hash of the source's key.
 */
export class SourceBuffer extends DurableObject {
  readonly #held: HeldRequests;
  /** Whose large body this very object is writing. */
  readonly #arriving = new Set<string>();
  /** The round that is under way. */
  #round: Promise<void> | null = null;
  #toldAt = Number.NEGATIVE_INFINITY;
  #telling: Promise<void> | null = null;
  #tellAgain = false;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#held = new HeldRequests(ctx.storage.sql);
  }

  /** Holds a request; the answer leaves this object only after what it wrote is on disk. Said twice, it is held once. */
  async hold(given: Envelope, body: Uint8Array, { onlyBehind }: { onlyBehind: boolean }): Promise<HoldOutcome> {
    const { waiting } = this.#held.counts;
    if (onlyBehind && waiting === 0 && this.#arriving.size === 0) return 'nothing_waits';
    if (waiting >= mostWaiting || this.ctx.storage.sql.databaseSize > mostStoredBytes) return 'full';
    const envelope = { ...given, held: true };
    this.ctx.storage.kv.put('source', envelope.sourceKeyHash);
    if (body.byteLength <= largestBodyInRow) this.#held.add(envelope, exactBuffer(body));
    else await this.#holdLarge(envelope, body);
    // Sooner than an alarm that is only set to look at dead letters; while the hub is away, its own pace stands.
    await this.#wakeIn(onlyBehind ? 0 : firstTryAfterMs, this.ctx.storage.kv.get('failure') === undefined);
    if (systemClock.monotonic() - this.#toldAt >= tellEveryMs) this.ctx.waitUntil(this.#tellIndex());
    return 'held';
  }

  /** The hub is known to be back: tries at once. */
  async drainNow(): Promise<void> {
    if (this.#held.counts.waiting > 0) await this.#wakeIn(0, true);
  }

  deadLetters(page: { limit: number; after: string | undefined }): Promise<DeadLetter[]> {
    return showDeadLetters(this.#held.dead(page), this.env.BODIES);
  }

  /**
   * Delivers dead letters again, or throws them away: one, or all where no id is given. `saidAt` is when the hub asked: a call for
   * all of them that is played again some minutes later must not reach those that have come since.
   */
  async settle(ingestId: string, how: 'replay' | 'discard', saidAt: number): Promise<number> {
    const { kv } = this.ctx.storage;
    if (ingestId === '') {
      if (saidAt <= (kv.get<number>('settledAllAt') ?? 0)) return 0;
      kv.put('settledAllAt', saidAt);
    }
    const settled = how === 'replay' ? this.#held.revive(ingestId) : this.#held.discard(ingestId);
    if (settled > 0) await this.#wakeIn(0, true);
    await this.#tellIndex();
    return settled;
  }

  /** A copy of the source's settings, sealed by the hub to the edge's key: this object can't read them. */
  readSettings(): SealedSettings | null {
    return this.ctx.storage.kv.get<SealedSettings>('settings') ?? null;
  }

  /** Null: there is no such source any more. */
  writeSettings(settings: SealedSettings | null): void {
    if (settings) this.ctx.storage.kv.put('settings', settings);
    else this.ctx.storage.kv.delete('settings');
  }

  /** Two rounds at once would deliver everything twice, so who wakes this object during one waits for its end. */
  override alarm(): Promise<void> {
    this.#round ??= this.#runRound();
    return this.#round;
  }

  async #runRound(): Promise<void> {
    const { storage } = this.ctx;
    let nextInMs: number | null;
    try {
      await storage.setAlarm(systemClock.now() + standByMs);
      nextInMs = this.#afterRound(await this.#drain());
      await this.#tellIndex();
    } catch (error) {
      const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
      writeLog(systemClock, 'error', 'buffer.failed', { source: this.#source, cause });
      nextInMs = standByMs;
    }
    // Nothing may pause between here and the alarm: what comes in from now on sees that nobody drains and sets its own.
    this.#round = null;
    const { waiting, dead } = this.#held.counts;
    if (nextInMs === null && waiting > 0) nextInMs = 0;
    if (nextInMs === null && dead > 0) nextInMs = lookAtDeadMs;
    if (nextInMs === null) await storage.deleteAlarm();
    else await storage.setAlarm(systemClock.now() + nextInMs);
  }

  #drain(): Promise<RoundEnd> {
    const read = readEnv(this.env);
    return drainRound({
      held: this.#held,
      arriving: this.#arriving,
      bodies: this.env.BODIES,
      clock: systemClock,
      async deliver(envelope, body) {
        if (read.outcome === 'invalid') return { kind: 'unreachable', cause: read.faults.join('; ') };
        return forwardEnvelope({ ...read.env, fetch, timeoutMs: deliverTimeoutMs }, envelope, body);
      },
    });
  }

  /** Notes how the round ended, and says in how many milliseconds the next one is due; null: there is nothing to do. */
  #afterRound({ delivered, dead, next }: RoundEnd): number | null {
    const { kv } = this.ctx.storage;
    const fields = { source: this.#source, delivered, dead, waiting: this.#held.counts.waiting };
    if (next.kind !== 'retry') {
      kv.delete('failure');
      if (delivered + dead > 0) writeLog(systemClock, dead > 0 ? 'error' : 'info', 'buffer.drained', fields);
      return next.kind === 'done' ? null : next.inMs;
    }
    const before = delivered + dead > 0 ? 0 : (kv.get<Failure>('failure')?.count ?? 0);
    const inMs = Math.max(backOffMs(before + 1, Math.random()), (next.afterSeconds ?? 0) * 1_000);
    const failure: Failure = { count: before + 1, cause: next.cause, nextTryAt: systemClock.now() + inMs };
    kv.put('failure', failure);
    writeLog(systemClock, 'error', 'buffer.waits', { ...fields, failures: failure.count, inMs, cause: next.cause });
    return inMs;
  }

  async #holdLarge(envelope: Envelope, body: Uint8Array): Promise<void> {
    const { ingestId } = envelope;
    if (!this.#held.announce(envelope, body.byteLength)) return;
    this.#arriving.add(ingestId);
    try {
      await putLargeBody(this.env.BODIES, envelope, body);
      this.#held.arrived(ingestId);
    } catch (error) {
      // Its sender is told that it failed; what there is of it goes with the next round.
      await this.#wakeIn(0);
      throw error;
    } finally {
      this.#arriving.delete(ingestId);
    }
  }

  /** Sets the alarm, unless a round is under way, which looks again before it ends, or an alarm is set already. */
  async #wakeIn(ms: number, sooner = false): Promise<void> {
    const { storage } = this.ctx;
    if (this.#round !== null) return;
    const at = systemClock.now() + ms;
    const set = await storage.getAlarm();
    if (set === null || (sooner && set > at && this.#round === null)) await storage.setAlarm(at);
  }

  /** Tells the index how this source stands; while it is being told, once more at the end for all who asked meanwhile. */
  #tellIndex(): Promise<void> {
    this.#tellAgain = true;
    this.#telling ??= this.#tell().finally(() => {
      this.#telling = null;
    });
    return this.#telling;
  }

  async #tell(): Promise<void> {
    while (this.#tellAgain) {
      this.#tellAgain = false;
      this.#toldAt = systemClock.monotonic();
      await bufferIndex(this.env.BUFFER_INDEX).note(this.#status());
    }
  }

  #status(): SourceStatus {
    const { waiting, waitingBytes, dead } = this.#held.counts;
    const failure = this.ctx.storage.kv.get<Failure>('failure');
    return {
      sourceKeyHash: this.#source,
      waiting,
      waitingBytes,
      oldestAt: this.#held.oldestAt,
      deadLetters: dead,
      lastFailure: failure?.cause ?? null,
      nextTryAt: failure?.nextTryAt ?? null,
    };
  }

  get #source(): string {
    return this.ctx.storage.kv.get<string>('source') ?? '';
  }
}

/** SQLite takes a whole buffer, and these bytes may be a part of one. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes;
  if (buffer instanceof ArrayBuffer && bytes.byteLength === buffer.byteLength) return buffer;
  return new Uint8Array(bytes).buffer;
}
