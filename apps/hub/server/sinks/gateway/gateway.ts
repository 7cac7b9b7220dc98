import { setTimeout as pause } from 'node:timers/promises';
import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { type ClaimOutcome, mostTaken, type Take } from '@nexomatic/contracts/sink-protocol';
import type { Logger } from '@nexomatic/logger';
import { connectRedis, type Redis } from '@nexomatic/queue/connection';
import { openTicketSource } from '@nexomatic/queue/ticket-source';
import type { ClaimAttempts } from '../../attempts/claim-attempt.ts';
import type { HandBack } from '../../attempts/hand-back.ts';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';
import type { Definitions } from '../../definitions/definitions.ts';
import { queuesOf } from '../queues-of.ts';
import { claimTickets } from './claim-tickets.ts';
import { gatherTickets, nextTickets, type SinkTaps } from './gather-tickets.ts';
import { QueueTap } from './queue-tap.ts';
import { createTakenClaims } from './taken-claims.ts';

/** A queue that nobody asked for this long is let go of, with its connection. */
const idleMs = 60_000;
const lookEveryMs = 15_000;

/** Gives work to sinks that don't reach Redis: the hub takes tickets off their queues and claims for them. */
export interface Gateway {
  /** What there is for the sink, at most as many as it has slots; waits for it if there is nothing. `signal` ends the waiting. */
  take(sink: SinkIdentity, take: Take, signal: AbortSignal): Promise<ClaimOutcome[]>;
  /** This sink is let in no more: whatever it waits for ends. */
  cutOff(sinkId: Id<'sink'>): void;
  /** What it waits for ends with nothing: it was paused or resumed. */
  endTakes(sinkId: Id<'sink'>): void;
  /** Everybody who waits is answered with nothing, and so is who comes later: the hub stops. */
  endWaits(): void;
  close(): Promise<void>;
}

interface GatewayDeps {
  redisUrl: string;
  redis: Redis;
  definitions: Pick<Definitions, 'queue' | 'sinkById'>;
  claimAttempts: ClaimAttempts;
  handBack: HandBack;
  clock: Clock;
  logger: Logger;
}

/** Its agent knows that it pauses, and asks no more; one that does not know is not to ask at once again. */
async function waitOut(ms: number, signal: AbortSignal): Promise<void> {
  await pause(Math.max(0, ms), undefined, { signal, ref: false }).catch(() => undefined);
}

export function createGateway(deps: GatewayDeps): Gateway {
  const { redisUrl, definitions, clock, logger, claimAttempts, handBack } = deps;
  const taken = createTakenClaims(deps.redis);
  const taps = new Map<string, QueueTap>();
  /** By sink and session: the call that waits or claims just now. */
  const calls = new Map<string, AbortController>();
  const stopping = new AbortController();
  let connection: Redis | undefined;
  let timer: NodeJS.Timeout | undefined;

  function tapOf({ prefix, name: queueName }: { prefix: string; name: string }): QueueTap {
    const key = `${prefix}:${queueName}`;
    let tap = taps.get(key);
    if (!tap) {
      connection ??= connectRedis(redisUrl, { role: 'gateway', logger, blocking: true });
      tap = new QueueTap(openTicketSource({ connection, prefix, queueName, logger }));
      taps.set(key, tap);
      timer ??= setInterval(letGoOfIdle, lookEveryMs).unref();
    }
    tap.usedAt = clock.monotonic();
    return tap;
  }

  async function tapsOf(sink: SinkIdentity): Promise<SinkTaps> {
    const { sinkTypeName } = await definitions.queue(sink.tenantId, sink.sinkTypeId);
    const [ofType, own] = queuesOf({ ...sink, sinkTypeName });
    return { own: tapOf(own), ofType: tapOf(ofType) };
  }

  function letGoOfIdle(): void {
    const before = clock.monotonic() - idleMs;
    for (const [key, tap] of taps) {
      if (tap.isWatched || tap.usedAt > before) continue;
      taps.delete(key);
      tap.close().catch((error: Error) => logger.debug({ queue: key, error: error.message }, 'queue.failed'));
    }
  }

  /** Takes, waits, claims; again if everything that was found had gone, until the time is over. */
  async function takeWork(sink: SinkIdentity, { session, slotsFree, waitMs }: Take, signal: AbortSignal) {
    const most = Math.min(slotsFree, mostTaken);
    const until = clock.monotonic() + waitMs;
    const note = (tickets: Parameters<typeof taken.note>[1]) => taken.note({ ...sink, session }, tickets);
    for (;;) {
      if ((await definitions.sinkById(sink.tenantId, sink.sinkId))?.paused) {
        await waitOut(until - clock.monotonic(), signal);
        return [];
      }
      const queues = await tapsOf(sink);
      let held = await gatherTickets(queues, most);
      if (held.length === 0) {
        const next = await nextTickets(queues, until - clock.monotonic(), signal);
        if (!next) return [];
        const room = most - next.tickets.length;
        held = [next, ...(room > 0 ? await gatherTickets(queues, room) : [])];
      }
      if (signal.aborted) {
        await Promise.all(held.map((one) => one.settle(one.tickets)));
        return [];
      }
      const outcomes = await claimTickets({ claimAttempts, note }, sink, held, most);
      const told = outcomes.filter(({ outcome }) => outcome !== 'gone' && outcome !== 'paused');
      if (told.length > 0 || clock.monotonic() >= until) return told;
    }
  }

  return {
    async take(sink, input, signal) {
      if (stopping.signal.aborted) return [];
      const session = { sinkId: sink.sinkId, session: input.session };
      const key = `${sink.sinkId} ${input.session}`;
      calls.get(key)?.abort(input.slotsFree === 0 ? 'ended' : 'abandoned');
      if (input.slotsFree === 0) return [];
      const call = new AbortController();
      calls.set(key, call);
      try {
        if (input.holding) await handBack(sink, await taken.unheard(session, input.holding));
        else await taken.forget(session);
        const gone = AbortSignal.any([signal, call.signal, stopping.signal]);
        const outcomes = await takeWork(sink, input, gone);
        if (!signal.aborted && call.signal.reason !== 'abandoned') return outcomes;
        // Nobody hears this answer.
        await handBack(
          sink,
          outcomes.filter(({ outcome }) => outcome === 'claimed'),
        );
        return [];
      } finally {
        if (calls.get(key) === call) calls.delete(key);
      }
    },
    cutOff(sinkId) {
      for (const [key, call] of calls) if (key.startsWith(`${sinkId} `)) call.abort('abandoned');
    },
    endTakes(sinkId) {
      for (const [key, call] of calls) if (key.startsWith(`${sinkId} `)) call.abort('ended');
    },
    endWaits: () => stopping.abort(),
    async close() {
      stopping.abort();
      clearInterval(timer);
      await Promise.all([...taps.values()].map((tap) => tap.close()));
      connection?.disconnect();
    },
  };
}
