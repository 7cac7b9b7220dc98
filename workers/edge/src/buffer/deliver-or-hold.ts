import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import type { Clock } from '@nexomatic/clock';
import type { Envelope } from '@nexomatic/contracts/envelope';
import type { Deliver } from '../deliver.ts';
import { isOwnFault } from '../own-faults.ts';
import type { HubBreaker } from './hub-breaker.ts';
import type { HoldOutcome, SourceBuffer } from './source-buffer.ts';

export interface DeliverOrHoldDeps {
  /** To the hub, within the time that a sender can wait. */
  forward(envelope: Envelope, body: Uint8Array<ArrayBuffer>): Promise<ForwardOutcome>;
  /** Whether the hub is back. */
  askHub(): Promise<boolean>;
  buffers: DurableObjectNamespace<SourceBuffer>;
  breaker: HubBreaker;
  clock: Clock;
  /** Lets work go on after the answer has been given. */
  background(work: Promise<unknown>): void;
}

/** For so long after a request of a source was held, others of it are held without asking whether anything waits there. */
const takenForGrantedMs = 1_000;
/** Sources whose buffers are woken when the hub is back, at most; others come by their own alarm. */
const mostWoken = 100;
const mostRemembered = 10_000;

/**
 * Hands an envelope to the hub or, where the hub can't have it, to the buffer of its source. What comes while earlier requests of
 * its source are held is held behind them: this isolate knows of those that it held itself, and asks once a second.
 */
export function createDeliverOrHold(deps: DeliverOrHoldDeps): Deliver {
  const { breaker, clock, background } = deps;
  /** Sources that something waits of, as far as is known here, and until when that is taken for granted. */
  const holding = new Map<string, number>();
  const bufferOf = (sourceKeyHash: string) => deps.buffers.get(deps.buffers.idFromName(sourceKeyHash));

  return async (envelope, body) => {
    const certainUntil = holding.get(envelope.sourceKeyHash);
    if (breaker.isOpen) background(probe());
    if (breaker.isOpen || certainUntil !== undefined) {
      const onlyBehind = !breaker.isOpen && clock.monotonic() >= (certainUntil ?? 0);
      if ((await hold(envelope, body, onlyBehind)) === 'held') return { kind: 'buffered' };
    }
    const outcome = await deps.forward(envelope, body);
    breaker.note(outcome.kind === 'answered' || (outcome.kind === 'refused' && outcome.status < 500));
    if (isForSender(outcome)) return outcome;
    return (await hold(envelope, body, false)) === 'held' ? { kind: 'buffered', cause: causeOf(outcome) } : outcome;
  };

  /** `failed`: the buffer itself could not be reached. Its sender is told what the hub would have been the reason for. */
  async function hold(
    envelope: Envelope,
    body: Uint8Array<ArrayBuffer>,
    onlyBehind: boolean,
  ): Promise<HoldOutcome | 'failed'> {
    const { sourceKeyHash } = envelope;
    const outcome = await twice(() => bufferOf(sourceKeyHash).hold(envelope, body, { onlyBehind }));
    if (outcome === 'held' || outcome === 'nothing_waits') holding.delete(sourceKeyHash);
    if (outcome === 'held') holding.set(sourceKeyHash, clock.monotonic() + takenForGrantedMs);
    // The first one is the one that was held longest ago.
    const [first] = holding.keys();
    if (holding.size > mostRemembered && first !== undefined) holding.delete(first);
    return outcome;
  }

  async function probe(): Promise<void> {
    if (!breaker.takeProbe() || !(await deps.askHub())) return;
    breaker.note(true);
    const woken = [...holding.keys()].slice(-mostWoken);
    await Promise.allSettled(woken.map((sourceKeyHash) => bufferOf(sourceKeyHash).drainNow()));
  }
}

/** Whether the hub has decided on the request. That hub and edge don't agree with each other is nothing that a sender could mend. */
function isForSender(outcome: ForwardOutcome): outcome is Exclude<ForwardOutcome, { kind: 'unreachable' }> {
  if (outcome.kind === 'unreachable') return false;
  if (outcome.kind === 'answered') return true;
  return outcome.status < 500 && outcome.status !== 408 && !isOwnFault(outcome.problem.code);
}

const causeOf = (outcome: Exclude<ForwardOutcome, { kind: 'answered' }>): string =>
  outcome.kind === 'unreachable'
    ? outcome.cause
    : `the hub answered ${outcome.problem.code}: ${outcome.problem.detail}`;

/** An object that is being moved or started anew refuses a call; what it holds is held once, however often it is said. */
async function twice(call: () => Promise<HoldOutcome>): Promise<HoldOutcome | 'failed'> {
  try {
    return await call();
  } catch {
    return call().catch(() => 'failed' as const);
  }
}
