import { setTimeout as sleep } from 'node:timers/promises';
import { keepTrying } from '@nexomatic/client/keep-trying';
import type { SinkClient } from '@nexomatic/client/sink-client';
import type { SignalForSink, SignalMessage } from '@nexomatic/contracts/signal-api';
import type { Logger } from '@nexomatic/logger';
import type { LeaseKeeper } from '../leases/keep-leases.ts';
import type { RunningAttempt } from '../running-attempt.ts';
import type { Slots } from '../slots.ts';
import type { Transport } from '../transport/transport.ts';
import type { Acknowledgements } from './acknowledgements.ts';

/** How an agent comes to leave: by its hub's wish, or by somebody at its machine (`drain`). */
export type Leaving = 'drain' | 'reset' | 'kill' | 'force_kill';

/** The answer to a claim may still be on its way when its cancelling comes. */
const claimComesMs = 3_000;
const lookEveryMs = 100;
const toldWithinMs = 5_000;

export interface ControlOptions {
  hub: Pick<SinkClient, 'setPaused'>;
  transport: Transport;
  slots: Pick<Slots, 'idle'>;
  leases: Pick<LeaseKeeper, 'running'>;
  acknowledgements: Pick<Acknowledgements, 'say' | 'done'>;
  logger: Logger;
  /** What the hub said when this agent began. */
  paused: boolean;
  /** Nothing runs any more, or is to run: the agent ends. */
  leave(how: Leaving): void;
  /** Something that the hub shows has changed. */
  onChange(): void;
}

interface Plan {
  how: Leaving;
  /** The signals that ask for it; none where somebody at the machine does. */
  signals: SignalForSink['id'][];
}

/**
 * Does what the hub, or somebody at this machine, tells the sink as a whole. Whether it takes work follows from two facts:
 * whether it is paused, and whether it is leaving. Until nothing runs any more leaving can be called off.
 */
export class Control {
  readonly #options: ControlOptions;
  #paused: boolean;
  #plan: Plan | undefined;
  #closed = false;
  #started = false;
  /** Whether the transport was told to take work. */
  #open = false;
  #turn: Promise<void> = Promise.resolve();
  /** What somebody at the machine wished for, until the hub has heard it; its own word counts less in the meantime. */
  #wish: AbortController | undefined;
  readonly #heard: Set<string>;

  constructor(options: ControlOptions) {
    this.#options = options;
    this.#paused = options.paused;
    this.#heard = new Set(options.acknowledgements.done);
  }

  get paused(): boolean {
    return this.#paused;
  }

  get leaving(): Leaving | undefined {
    return this.#plan?.how;
  }

  /** Whether it is to take work just now. */
  get taking(): boolean {
    return !this.#paused && !this.#plan && !this.#closed;
  }

  /** Begins to take work, unless it is paused. */
  start(): Promise<void> {
    if (this.#paused) this.#options.logger.info('agent.paused');
    return this.#settle();
  }

  /** The agent ends: no signal makes it take work again. */
  close(): void {
    this.#closed = true;
    this.#wish?.abort();
  }

  /** The signals by which it leaves, for whoever says that it has left. */
  get leavingSignals(): readonly SignalForSink['id'][] {
    return this.#plan?.signals ?? [];
  }

  /** A word of the hub. A signal that was heard before means nothing new. */
  hear(message: SignalMessage): void {
    if (message.type === 'state') {
      if (this.#wish) return;
      this.#paused = message.paused;
      void this.#settle();
      return;
    }
    if (this.#heard.has(message.id)) return;
    this.#heard.add(message.id);
    const { id, kind, eventId, attempt, by } = message;
    this.#options.logger.info(
      { signalId: id, kind, eventId: eventId ?? undefined, attempt: attempt ?? undefined, by },
      'signal.received',
    );
    this.#options.acknowledgements.say({ id, state: 'received' });
    void this.#act(message);
  }

  async #act({ id, kind, eventId, attempt }: SignalForSink): Promise<void> {
    switch (kind) {
      case 'pause':
      case 'resume':
        this.#wish?.abort();
        this.#wish = undefined;
        await this.#setPaused(kind === 'pause');
        this.#done(id, kind === 'pause' ? 'it takes no work' : 'it takes work');
        return;
      case 'drain':
      case 'reset':
      case 'kill':
      case 'force_kill':
        return this.#leave(kind, id);
      case 'cancel_attempt':
        return this.#cancel(id, { eventId, attempt });
    }
  }

  /** Pauses or resumes by the wish of somebody at this machine; says whether the hub could be told just now. */
  async pauseHere(paused: boolean): Promise<{ told: boolean }> {
    this.#wish?.abort();
    const wish = new AbortController();
    this.#wish = wish;
    if (!paused) this.#callOff();
    await this.#setPaused(paused);
    const tell = () => this.#options.hub.setPaused(paused);
    const telling = keepTrying(tell, { call: 'set paused', stop: wish.signal, onRetry: () => undefined })
      .then(() => true)
      .catch((error: Error) => {
        this.#options.logger.warn({ error: error.message }, 'pause.untold');
        return false;
      })
      .finally(() => {
        if (this.#wish === wish) this.#wish = undefined;
      });
    return { told: await Promise.race([telling, sleep(toldWithinMs, false, { ref: false })]) };
  }

  /** Takes no more, lets what runs finish, and ends the agent, by the wish of somebody at this machine. */
  drainHere(): Promise<void> {
    return this.#leave('drain');
  }

  /** Lets what runs finish, and has another agent begin in this process with settings read anew, by the wish of somebody at this machine. */
  reloadHere(): Promise<void> {
    return this.#leave('reset');
  }

  async #setPaused(paused: boolean): Promise<void> {
    this.#paused = paused;
    // The hub has taken back what it had asked for before it asks this.
    if (!paused && this.#plan?.how !== 'force_kill') this.#plan = undefined;
    await this.#settle();
    this.#options.onChange();
  }

  /** What the hub asked for is not done: somebody here said otherwise. */
  #callOff(): void {
    if (this.#plan?.how === 'force_kill') return;
    for (const id of this.leavingSignals) {
      const detail = 'it was resumed on the machine itself';
      this.#options.acknowledgements.say({ id, state: 'done', outcome: 'failed', detail });
    }
    this.#plan = undefined;
  }

  async #leave(how: Leaving, signal?: SignalForSink['id']): Promise<void> {
    // A later word replaces an earlier one, but nothing is milder than a force-kill that has begun.
    const before = this.#plan?.how === 'force_kill' ? this.#plan : undefined;
    const plan = before ?? { how, signals: [] };
    if (signal) plan.signals.push(signal);
    this.#plan = plan;
    this.#options.logger.info({ how: plan.how, running: this.#options.leases.running.size }, 'agent.leaving');
    this.#options.onChange();
    if (plan.how === 'force_kill') return this.#options.leave('force_kill');
    await this.#settle();
    await this.#options.slots.idle();
    if (this.#plan === plan) this.#options.leave(how);
  }

  /** Opens or shuts the intake, whichever follows from what is known by now; one change at a time. */
  #settle(): Promise<void> {
    this.#turn = this.#turn.then(async () => {
      const { transport, logger } = this.#options;
      const take = this.taking;
      if (take === this.#open) return;
      this.#open = take;
      logger.debug({ take }, 'intake.changed');
      if (!take) await transport.pause();
      else if (this.#started) transport.resume();
      else transport.start();
      this.#started = true;
    });
    return this.#turn;
  }

  async #cancel(id: SignalForSink['id'], ref: Pick<SignalForSink, 'eventId' | 'attempt'>): Promise<void> {
    let running = this.#find(ref);
    for (let waitedMs = 0; !running && waitedMs < claimComesMs; waitedMs += lookEveryMs) {
      await sleep(lookEveryMs, undefined, { ref: false });
      running = this.#find(ref);
    }
    if (!running) return this.#done(id, 'it does not run here');
    running.end('cancelled');
    await running.outcome;
    this.#done(id, 'its processes have ended');
  }

  #find({ eventId, attempt }: Pick<SignalForSink, 'eventId' | 'attempt'>): RunningAttempt | undefined {
    const all = [...this.#options.leases.running];
    return all.find(({ assignment }) => assignment.eventId === eventId && assignment.attempt === attempt);
  }

  #done(id: SignalForSink['id'], detail: string): void {
    this.#options.acknowledgements.say({ id, state: 'done', outcome: 'done', detail });
  }
}
