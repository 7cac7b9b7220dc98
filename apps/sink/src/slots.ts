/**
 * How many attempts may run at once. Tickets come from two queues (the sink type's and the sink's own), each of which may
 * hand out as many as there are slots; whoever comes later waits here, before its event is claimed.
 */
export class Slots {
  readonly #count: number;
  #busy = 0;
  #waiting: { resolve(): void; reject(reason: unknown): void }[] = [];
  #idleWaiters: (() => void)[] = [];
  #freeWaiters: (() => void)[] = [];
  #closed: unknown;

  constructor(count: number) {
    this.#count = count;
  }

  get busy(): number {
    return this.#busy;
  }

  get free(): number {
    return this.#count - this.#busy;
  }

  /** Settles when a slot is free, or once no more are given. */
  anyFree(): Promise<void> {
    if (this.free > 0 || this.#closed !== undefined) return Promise.resolve();
    return new Promise((resolve) => this.#freeWaiters.push(resolve));
  }

  /** Settles with a slot that is the caller's until it calls `release`, first come first served. */
  take(): Promise<void> {
    if (this.#closed !== undefined) return Promise.reject(this.#closed);
    if (this.#busy < this.#count) {
      this.#busy += 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  release(): void {
    const next = this.#waiting.shift();
    if (next) {
      next.resolve();
      return;
    }
    this.#busy -= 1;
    for (const resolve of this.#freeWaiters.splice(0)) resolve();
    if (this.#busy > 0) return;
    for (const resolve of this.#idleWaiters.splice(0)) resolve();
  }

  /** Settles when no slot is taken. */
  idle(): Promise<void> {
    if (this.#busy === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idleWaiters.push(resolve));
  }

  /** Refuses everybody who waits or comes later; slots that are taken stay taken until they are released. */
  close(reason: unknown): void {
    this.#closed = reason;
    for (const resolve of this.#freeWaiters.splice(0)) resolve();
    for (const { reject } of this.#waiting.splice(0)) reject(reason);
  }
}
