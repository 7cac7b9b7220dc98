import type { HeldTickets, TicketSource } from '@nexomatic/queue/ticket-source';

/** Whether the offer was taken. */
type Offer = (held: HeldTickets) => boolean;

/** After a failure of Redis the queue is asked again this much later. */
const retryAfterMs = 500;

/**
 * One queue of tickets and everybody who waits for one. While somebody waits, one fetch at a time is held open in Redis;
 * what it brings goes to whoever has waited longest.
 */
export class QueueTap {
  readonly #source: TicketSource;
  readonly #waiting = new Set<Offer>();
  #watching = false;
  #watched: Promise<void> = Promise.resolve();
  #closed = false;
  /** Whose turn it is to be asked first, of two queues that one sink takes from. */
  first = false;
  /** When it was last asked, on the monotonic clock. */
  usedAt = 0;

  constructor(source: TicketSource) {
    this.#source = source;
  }

  get isWatched(): boolean {
    return this.#waiting.size > 0;
  }

  fetch(most: number): Promise<HeldTickets[]> {
    return most > 0 && !this.#closed ? this.#source.fetch(most) : Promise.resolve([]);
  }

  /** Offers the next job, once; the returned function ends the waiting. */
  wait(offer: Offer): () => void {
    this.#waiting.add(offer);
    if (!this.#watching) this.#watched = this.#watch();
    return () => this.#waiting.delete(offer);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    await this.#source.close();
    await this.#watched;
  }

  async #watch(): Promise<void> {
    this.#watching = true;
    while (this.#waiting.size > 0 && !this.#closed) {
      const held = await this.#source.wait().catch(async () => {
        await new Promise((resolve) => setTimeout(resolve, retryAfterMs));
        return null;
      });
      if (held && !this.#give(held)) await held.settle(held.tickets);
    }
    // In the turn in which the last look found nobody: whoever comes next begins anew.
    this.#watching = false;
  }

  #give(held: HeldTickets): boolean {
    for (const offer of this.#waiting) {
      this.#waiting.delete(offer);
      if (offer(held)) return true;
    }
    return false;
  }
}
