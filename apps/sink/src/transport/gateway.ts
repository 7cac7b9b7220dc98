import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { HubError } from '@nexomatic/client/hub-error';
import { retryWaitMs } from '@nexomatic/client/keep-trying';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { Clock } from '@nexomatic/clock';
import { type ClaimOutcome, longestTakeMs } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';
import type { LeaseKeeper } from '../leases/keep-leases.ts';
import type { Intake, Transport } from './transport.ts';

/** Short, so that a connection that went dead while the hub was waiting is noticed within 10 s. */
const waitMs = 5_000;
/** After a lost answer, a call that the hub still holds open may claim for this long. */
const doubtMs = longestTakeMs + 5_000;
/** An empty answer that comes sooner than asked for says that the hub is stopping. */
const soonMs = waitMs / 2;
const pauseWithinMs = 2_000;

export interface GatewayOptions {
  hub: Pick<SinkClient, 'take'>;
  leases: Pick<LeaseKeeper, 'running'>;
  clock: Clock;
  logger: Logger;
  /** Told of every failure; the next call is made all the same. */
  onFailure(error: unknown): void;
}

/** Lets the hub take tickets and claim for this sink: one call is open while there are slots, each answer may bring many. */
export function createGatewayTransport(options: GatewayOptions, intake: Intake): Transport {
  const { hub, leases, clock, logger, onFailure } = options;
  const { slots, onClaimed, onUnused } = intake;
  const session = randomUUID();
  let taking = false;
  let round: Promise<void> | undefined;
  let doubtUntil = Number.NEGATIVE_INFINITY;
  let wake = new AbortController();

  async function take(slotsFree: number): Promise<ClaimOutcome[]> {
    const doubtful = clock.monotonic() < doubtUntil;
    const held = [...leases.running].map(({ assignment: { eventId, attempt } }) => ({ eventId, attempt }));
    try {
      return await hub.take({ session, slotsFree, waitMs, ...(doubtful ? { holding: held } : {}) });
    } catch (error) {
      doubtUntil = clock.monotonic() + doubtMs;
      throw error;
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (taking) {
      await Promise.race([slots.anyFree(), woken(wake.signal)]);
      if (!taking) return;
      const askedAt = clock.monotonic();
      try {
        const outcomes = await take(slots.free);
        failures = 0;
        for (const outcome of outcomes) void execute(outcome, askedAt);
        if (outcomes.length === 0 && clock.monotonic() - askedAt < soonMs) await pause(retryWaitMs(3));
      } catch (error) {
        failures += 1;
        onFailure(error);
        const text = error instanceof Error ? error.message : String(error);
        logger.debug({ error: text }, 'take.failed');
        await pause(retryWaitMs(error instanceof HubError && error.kind !== 'retryable' ? 10 : failures));
      }
    }
  }

  async function execute(outcome: ClaimOutcome, leaseFrom: number): Promise<void> {
    try {
      await slots.take();
    } catch {
      // No slot is given any more.
      onUnused(outcome);
      return;
    }
    try {
      await onClaimed(outcome, leaseFrom);
    } finally {
      slots.release();
    }
  }

  /** A round that was to end and has not goes on; one that is just ending is followed by another. */
  function start(): void {
    taking = true;
    round ??= run().finally(() => {
      round = undefined;
      if (taking) start();
    });
  }

  async function pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: wake.signal }).catch(() => undefined);
  }

  function woken(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  }

  return {
    start,
    async pause() {
      taking = false;
      wake.abort();
      wake = new AbortController();
      if (!round) return;
      // Ends the open call at the hub; what that one has claimed meanwhile still comes.
      hub.take({ session, slotsFree: 0, waitMs: 0 }).catch(() => undefined);
      await Promise.race([round, sleep(pauseWithinMs, undefined, { ref: false })]);
    },
    resume: start,
    async close() {
      taking = false;
    },
  };
}
