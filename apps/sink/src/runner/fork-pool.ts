import type { Clock } from '@nexomatic/clock';
import { ForkServer, type ForkServerOptions, Unfit } from './fork-server.ts';
import type { LaunchRequest, StartedProcess } from './started-process.ts';

/** Servers that have a module imported; each holds its own copy of Python, 10 MB and what the module needs. */
const mostWarm = 8;
/** A module is worth a server of its own from this run on. */
const warmFromRun = 2;
/** A module whose server was not fit, or a Python without fork server, is tried again after this time. */
const tryAgainMs = 10 * 60_000;
/** A server may go stale or die between two looks; then another is asked, this often. */
const mostTries = 3;

export type ForkPoolOptions = Omit<ForkServerOptions, 'module'> & { clock: Clock };

/**
 * The fork servers of one interpreter: a plain one, and one for each module that runs often. A module's server that is
 * not there (yet, or any more) only means that the plain one's copy imports the module itself.
 */
export class ForkPool {
  readonly #options: ForkPoolOptions;
  #plain: ForkServer | undefined;
  /** Least recently used first. */
  readonly #warm = new Map<string, ForkServer>();
  readonly #runs = new Map<string, number>();
  /** Until when, on the monotonic clock, no server is tried: for a module, or (without a name) at all. */
  readonly #coldUntil = new Map<string, number>();
  #closed = false;

  constructor(options: ForkPoolOptions) {
    this.#options = options;
  }

  /**
   * A copy of a server for a module, whose place in the folders is `key`; without a place only the plain server will do.
   * Undefined where fork servers don't work.
   */
  async launch(request: LaunchRequest, key: string | undefined): Promise<StartedProcess | undefined> {
    if (key !== undefined) this.#warmUp(request.module, key);
    for (let tries = 0; tries < mostTries; tries += 1) {
      const server = (key !== undefined && this.#ready(key)) || (await this.#plainServer());
      if (!server) return undefined;
      const made = await server.fork(request);
      if (!('refused' in made)) return made;
      this.#drop(server, key, made);
    }
    return undefined;
  }

  close(): void {
    this.#closed = true;
    this.#plain?.end();
    for (const server of this.#warm.values()) server.end();
    this.#warm.clear();
  }

  #ready(key: string): ForkServer | undefined {
    const server = this.#warm.get(key);
    if (!server?.isReady) return undefined;
    this.#warm.delete(key);
    this.#warm.set(key, server);
    return server;
  }

  async #plainServer(): Promise<ForkServer | undefined> {
    if (this.#closed || this.#isCold('')) return undefined;
    this.#plain ??= new ForkServer(this.#options);
    const plain = this.#plain;
    try {
      await plain.ready;
      return plain;
    } catch (error) {
      if (this.#plain === plain) {
        this.#plain = undefined;
        this.#stayCold('', error);
      }
      return undefined;
    }
  }

  #warmUp(module: string, key: string): void {
    const runs = (this.#runs.get(key) ?? 0) + 1;
    this.#runs.set(key, runs);
    if (runs < warmFromRun || this.#warm.has(key) || this.#closed || this.#isCold(key)) return;
    const server = new ForkServer({ ...this.#options, module });
    this.#warm.set(key, server);
    server.ready.catch((error: unknown) => {
      if (this.#warm.get(key) === server) this.#warm.delete(key);
      this.#stayCold(key, error);
    });
    const [oldest] = this.#warm;
    if (this.#warm.size <= mostWarm || !oldest) return;
    this.#warm.delete(oldest[0]);
    oldest[1].retire();
  }

  #drop(server: ForkServer, key: string | undefined, { refused, why }: { refused: string; why: string }): void {
    const isWarm = key !== undefined && this.#warm.get(key) === server;
    this.#options.logger.info({ module: isWarm ? key : undefined, refused, why }, 'fork_server.replaced');
    server.retire();
    // Several attempts may have met the same one; by now another may be in its place.
    if (isWarm) this.#warm.delete(key);
    else if (this.#plain === server) this.#plain = undefined;
  }

  #isCold(key: string): boolean {
    return this.#options.clock.monotonic() < (this.#coldUntil.get(key) ?? 0);
  }

  #stayCold(key: string, error: unknown): void {
    if (this.#closed) return;
    const [why, again] = error instanceof Unfit ? [error.message, error.again] : [String(error), false];
    this.#options.logger.info({ module: key || undefined, why }, 'fork_server.unfit');
    if (!again || key === '') this.#coldUntil.set(key, this.#options.clock.monotonic() + tryAgainMs);
  }
}
