import type { HeldTickets } from '@nexomatic/queue/ticket-source';
import type { QueueTap } from './queue-tap.ts';

/** The queues of one sink: its own, and the one of its type. */
export interface SinkTaps {
  own: QueueTap;
  ofType: QueueTap;
}

const count = (held: HeldTickets[]): number => held.reduce((sum, { tickets }) => sum + tickets.length, 0);

/**
 * Takes about `most` tickets that are there now. Half of them may come from either queue, and what one does not fill the
 * other may; with one slot the queues take turns. So neither can starve the other.
 */
export async function gatherTickets({ own, ofType }: SinkTaps, most: number): Promise<HeldTickets[]> {
  own.first = !own.first;
  const [first, second] = own.first ? [own, ofType] : [ofType, own];
  const share = Math.ceil(most / 2);
  const held = await first.fetch(share);
  const filled = count(held) >= share;
  held.push(...(await second.fetch(most - count(held))));
  if (filled) held.push(...(await first.fetch(most - count(held))));
  return held;
}

/** Waits for the first job that either queue has; null when the time is over or `signal` is aborted. */
export function nextTickets(
  { own, ofType }: SinkTaps,
  waitMs: number,
  signal: AbortSignal,
): Promise<HeldTickets | null> {
  return new Promise((resolve) => {
    if (signal.aborted || waitMs <= 0) {
      resolve(null);
      return;
    }
    let settled = false;
    function end(held: HeldTickets | null): boolean {
      if (settled) return false;
      settled = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', giveUp);
      for (const leave of leaves) leave();
      resolve(held);
      return true;
    }
    const giveUp = (): boolean => end(null);
    const timer = setTimeout(giveUp, waitMs);
    signal.addEventListener('abort', giveUp, { once: true });
    const leaves = [own.wait(end), ofType.wait(end)];
  });
}
