import type { Clock } from '@nexomatic/clock';
import { edgeRefusalsPath, type Refusal } from '@nexomatic/contracts/edge-protocol';
import { callHub, type HubCallDeps } from '../call-hub.ts';

/** Most in one call, as the hub's door takes them. */
const maxBatch = 50;
/** More than this wait for no hub: under a flood of forged requests, those that come after are not told of. */
const maxWaiting = 200;
const maxWaitingBodies = 4 * 1024 * 1024;
/** A call that was cut off with the request that made it must not keep others from being made. */
const callLimitMs = 10_000;
const timeoutMs = 3_000;

interface Deps {
  send(refusals: Refusal[]): Promise<unknown>;
  background(work: Promise<unknown>): void;
  clock: Clock;
}

/**
 * Tells the hub of what was refused here, behind the answers and in batches: while one call is under way, the next ones
 * gather. Best effort: what the hub could not be told is told with the next refusal, as far as there is room.
 */
export function createReportRefusals({ send, background, clock }: Deps): (refusal: Refusal) => void {
  const waiting: Refusal[] = [];
  let sendingSince = Number.NEGATIVE_INFINITY;

  async function sendAll(): Promise<void> {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, maxBatch);
      try {
        await send(batch);
      } catch {
        // Kept for the next time.
        break;
      }
      waiting.splice(0, batch.length);
    }
    sendingSince = Number.NEGATIVE_INFINITY;
  }

  return (refusal) => {
    if (waiting.length >= maxWaiting) return;
    const bodies = waiting.reduce((sum, { body }) => sum + (body?.length ?? 0), 0);
    waiting.push(bodies > maxWaitingBodies ? { ...refusal, body: null } : refusal);
    if (clock.now() - sendingSince < callLimitMs) return;
    sendingSince = clock.now();
    background(sendAll());
  };
}

/** The hub's door for them, over HTTP. */
export const sendRefusals =
  (deps: HubCallDeps) =>
  (refusals: Refusal[]): Promise<unknown> =>
    callHub(deps, edgeRefusalsPath, { refusals }, timeoutMs);
