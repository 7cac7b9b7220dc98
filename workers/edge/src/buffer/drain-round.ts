import type { ForwardOutcome } from '@nexomatic/client/forward-envelope';
import type { Clock } from '@nexomatic/clock';
import type { Envelope } from '@nexomatic/contracts/envelope';
import type { HeldRequest, HeldRequests } from './held-requests.ts';
import { judgeDelivery, type Verdict } from './judge-delivery.ts';
import { getLargeBody, removeLargeBodies } from './large-bodies.ts';

export interface RoundDeps {
  held: HeldRequests;
  /** Whose large body is being written just now. */
  arriving: ReadonlySet<string>;
  bodies: R2Bucket;
  clock: Clock;
  deliver(envelope: Envelope, body: Uint8Array<ArrayBuffer>): Promise<ForwardOutcome>;
}

export interface RoundEnd {
  delivered: number;
  dead: number;
  next:
    | { kind: 'done' }
    /** There is more to do, and nothing is wrong. */
    | { kind: 'more'; inMs: number }
    /** The hub could not; nothing of this source goes before the one that waits. */
    | { kind: 'retry'; cause: string; afterSeconds?: number };
}

/** A dead letter that nobody settled for so long is thrown away. */
const keptDeadMs = 30 * 24 * 60 * 60 * 1_000;
/** A round ends after this time, so that the next one is a new invocation with its own allowance. */
const roundMs = 10_000;
const arrivesWithinMs = 250;

/** Delivers what waits, one after the other in the order in which it came, until nothing is left or the hub can't. */
export async function drainRound(deps: RoundDeps): Promise<RoundEnd> {
  const { held, clock } = deps;
  const counted = { delivered: 0, dead: 0 };
  const endsAt = clock.monotonic() + roundMs;
  const end = (next: RoundEnd['next']): RoundEnd => ({ ...counted, next });
  held.expire(clock.now() - keptDeadMs);
  await removeStrays(deps);
  for (let head = held.head(); head !== null; head = held.head()) {
    // Answered later than those behind it or not, it came before them.
    if (head.state === 'arriving') return end({ kind: 'more', inMs: arrivesWithinMs });
    const verdict = await deliverOne(deps, head);
    if (verdict.kind === 'retry') {
      held.countTry(head.envelope.ingestId);
      const { cause, afterSeconds } = verdict;
      return end({ kind: 'retry', cause, ...(afterSeconds === undefined ? {} : { afterSeconds }) });
    }
    if (verdict.kind === 'delivered') held.leave(head);
    else held.bury(head.envelope.ingestId, { ...verdict, refusedAt: clock.now() });
    counted[verdict.kind] += 1;
    if (clock.monotonic() >= endsAt) return end({ kind: 'more', inMs: 0 });
  }
  await removeStrays(deps);
  return end({ kind: 'done' });
}

async function deliverOne({ bodies, deliver }: RoundDeps, head: HeldRequest): Promise<Verdict> {
  const body = head.body ?? (await getLargeBody(bodies, head.envelope));
  if (body === null) {
    return { kind: 'dead', code: 'body_missing', detail: 'Its body is no longer in the store of large bodies.' };
  }
  return judgeDelivery(await deliver(head.envelope, new Uint8Array(body)), head.tries + 1);
}

/** Large bodies of requests that were delivered or discarded, or that nobody was told 202 for. */
async function removeStrays({ held, arriving, bodies }: RoundDeps): Promise<void> {
  const next = () => held.sweep().filter(({ envelope }) => !arriving.has(envelope.ingestId));
  for (let strays = next(); strays.length > 0; strays = next()) {
    await removeLargeBodies(
      bodies,
      strays.map(({ envelope }) => envelope),
    );
    for (const { envelope } of strays) held.remove(envelope.ingestId);
  }
}
