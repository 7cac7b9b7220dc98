import type { RenewOutcome } from '@nexomatic/client/sink-client';
import type { Clock } from '@nexomatic/clock';
import { fenceMarginMs, leaseMs, renewEveryMs } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';
import type { RunningAttempt } from '../running-attempt.ts';
import type { Watchdog } from './watchdog.ts';

/** How often all running attempts are looked at; time-outs and fences are late by no more than this. */
const lookEveryMs = 250;
const retryAfterMs = 1_000;
/** The watchdog steps in this long before the lease runs out, after the agent had its chance. */
const watchMarginMs = fenceMarginMs - 1_000;
/** Attempts in one call. */
const maxPerCall = 1_000;

export interface LeaseKeeperOptions {
  clock: Clock;
  logger: Logger;
  /** For processes that outlive an agent which is frozen or killed. */
  watchdog?: Pick<Watchdog, 'hold' | 'release'>;
  renew(attempts: { eventId: RunningAttempt['assignment']['eventId']; attempt: number }[]): Promise<RenewOutcome[]>;
}

/**
 * Holds what runs on this sink: renews all leases with one call each 5 s, ends attempts that run too long, and fences: a
 * module is ended 3 s before a lease that could not be renewed runs out, so that two sinks don't work on one event.
 * One timer serves all attempts.
 */
export class LeaseKeeper {
  readonly #options: LeaseKeeperOptions;
  readonly #running = new Set<RunningAttempt>();
  /** What the watchdog knows, and by which lease. */
  readonly #watched = new Map<RunningAttempt, number>();
  #timer: NodeJS.Timeout | undefined;
  #renewAt = 0;
  #renewing = false;

  constructor(options: LeaseKeeperOptions) {
    this.#options = options;
  }

  start(): void {
    this.#timer ??= setInterval(() => {
      if (this.#running.size > 0 || this.#watched.size > 0) void this.runOnce();
    }, lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  get running(): ReadonlySet<RunningAttempt> {
    return this.#running;
  }

  add(attempt: RunningAttempt): void {
    this.#running.add(attempt);
  }

  remove(attempt: RunningAttempt): void {
    this.#running.delete(attempt);
  }

  /** One look at everything that runs. */
  async runOnce(): Promise<void> {
    const now = this.#options.clock.monotonic();
    for (const attempt of this.#running) {
      if (now >= attempt.leaseFrom + leaseMs - fenceMarginMs) this.#fence(attempt);
      else if (now >= attempt.deadline) attempt.end('timeout');
    }
    this.#watch(now);
    if (now >= this.#renewAt && !this.#renewing) await this.#renewDue(now);
  }

  /** Attempts that come and go between two looks are none of the watchdog's business. */
  #watch(now: number): void {
    const { watchdog } = this.#options;
    if (!watchdog) return;
    for (const attempt of this.#running) {
      if (this.#watched.get(attempt) === attempt.leaseFrom) continue;
      this.#watched.set(attempt, attempt.leaseFrom);
      watchdog.hold(tagOf(attempt), attempt.leaseFrom + leaseMs - watchMarginMs - now);
    }
    for (const attempt of this.#watched.keys()) {
      if (this.#running.has(attempt)) continue;
      this.#watched.delete(attempt);
      watchdog.release(tagOf(attempt));
    }
  }

  #fence(attempt: RunningAttempt): void {
    if (attempt.cause !== 'fenced' && attempt.cause !== 'lost') {
      const { eventId, attempt: number } = attempt.assignment;
      this.#options.logger.warn({ eventId, attempt: number }, 'attempt.fenced');
    }
    attempt.end('fenced');
  }

  async #renewDue(now: number): Promise<void> {
    // Attempts younger than half a period are well covered by the lease that came with their claim.
    const due = [...this.#running].filter((attempt) => now - attempt.leaseFrom >= renewEveryMs / 2);
    this.#renewAt = now + renewEveryMs;
    this.#renewing = true;
    try {
      for (let at = 0; at < due.length; at += maxPerCall) await this.#renew(due.slice(at, at + maxPerCall));
    } catch (error) {
      this.#renewAt = this.#options.clock.monotonic() + retryAfterMs;
      this.#options.logger.warn({ error: error instanceof Error ? error.message : String(error) }, 'lease.not_renewed');
    } finally {
      this.#renewing = false;
    }
  }

  async #renew(attempts: RunningAttempt[]): Promise<void> {
    // The lease begins when the hub writes it, which is later than this; so it is never taken for longer than it is.
    const askedAt = this.#options.clock.monotonic();
    const refs = attempts.map(({ assignment: { eventId, attempt } }) => ({ eventId, attempt }));
    const outcomes = await this.#options.renew(refs);
    for (const [index, attempt] of attempts.entries()) {
      // Being told of an attempt that ended meanwhile means nothing.
      if (!this.#running.has(attempt)) continue;
      const outcome = outcomes[index];
      if (outcome === 'renewed') attempt.leaseFrom = askedAt;
      else if (outcome === 'cancel') attempt.end('cancelled');
      else if (outcome === 'lost') attempt.end('lost');
    }
  }
}

/** How the run ids of an attempt's processes begin. */
const tagOf = ({ assignment: { eventId, attempt } }: RunningAttempt): string => `${eventId}-${attempt}-`;
