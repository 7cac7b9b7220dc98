import { hostname } from 'node:os';
import type { Id } from '@nexomatic/contracts/id';
import { newUuid } from '@nexomatic/contracts/id';
import { type EventGridSource, endEventGridLease, leaseEventGridSources } from '@nexomatic/db/ledger/event-grid';
import type { LiveBus } from '@nexomatic/queue/live';
import { createLoop, type Loop } from '../../background/loop.ts';
import { renewEveryMs } from './keep-locks.ts';
import { createRecordRejected } from './record-rejected.ts';
import { type ConsumerDeps, runConsumer } from './run-consumer.ts';

/** Longest time that a source stands still after the hub that pulled it was cut off. */
export const leaseSeconds = 20;
/** A hub gives up its lease by its own clock this much earlier than another may take it. */
const marginMs = 3_000;
const everyMs = 2_000;

interface Running {
  /** Another text whenever the source is to be pulled in another way. */
  version: string;
  source: EventGridSource;
  stopping: AbortController;
  /** Ends the consumer when the lease was not renewed in time. */
  leaseEnd: NodeJS.Timeout;
  done: Promise<void>;
}

type Deps = Omit<ConsumerDeps, 'recordRejected' | 'renewEveryMs'> & { live: LiveBus };

/**
 * Pulls the Event Grid sources of which this hub holds the lease: one consumer a source, however many hubs there are. A change
 * of a source, its being paused or deleted included, is seen within `everyMs`.
 */
export function createEventGridConsumers(services: Deps, timing = { everyMs, leaseSeconds, renewEveryMs }): Loop {
  const { sql, logger } = services;
  const owner = `${hostname().slice(0, 60)} ${newUuid()}`;
  const deps: ConsumerDeps = {
    ...services,
    recordRejected: createRecordRejected(services),
    renewEveryMs: timing.renewEveryMs,
  };
  const running = new Map<Id<'source'>, Running>();
  const loop = createLoop({ name: 'event-grid-lease', everyMs: timing.everyMs, runOnce }, logger);

  async function runOnce(): Promise<boolean> {
    const askedAt = services.clock.monotonic();
    const leased = await leaseEventGridSources(sql, { owner, leaseSeconds: timing.leaseSeconds });
    const until = timing.leaseSeconds * 1_000 - marginMs - (services.clock.monotonic() - askedAt);
    const wanted = new Map(leased.map((source) => [source.id, source]));
    for (const consumer of running.values()) {
      const next = wanted.get(consumer.source.id);
      if (next === undefined || versionOf(next) !== consumer.version) consumer.stopping.abort();
    }
    for (const source of leased) {
      const standing = running.get(source.id);
      // One that is ending gives its lease back at its end, and is leased anew in a later round.
      if (!standing) begin(source, until);
      else if (!standing.stopping.signal.aborted) prolong(standing, until);
    }
    return false;
  }

  function begin(source: EventGridSource, until: number): void {
    const stopping = new AbortController();
    running.set(source.id, {
      ...{ version: versionOf(source), source, stopping },
      leaseEnd: setTimeout(() => stopping.abort(), until),
      done: run(source, stopping.signal),
    });
  }

  /** The lease goes when nothing is under way any more, so that no other hub begins before. */
  async function run(source: EventGridSource, signal: AbortSignal): Promise<void> {
    const ids = { tenantId: source.tenantId, sourceId: source.id };
    logger.info(ids, 'event_grid.begun');
    try {
      await runConsumer(deps, { source, owner }, signal);
      await endEventGridLease(sql, { ...ids, owner });
    } catch (error) {
      logger.error({ err: error, ...ids }, 'event_grid.failed');
    } finally {
      clearTimeout(running.get(source.id)?.leaseEnd);
      running.delete(source.id);
      logger.info(ids, 'event_grid.ended');
    }
  }

  function prolong(consumer: Running, until: number): void {
    clearTimeout(consumer.leaseEnd);
    consumer.leaseEnd = setTimeout(() => consumer.stopping.abort(), until);
  }

  return {
    start: () => loop.start(),
    async stop() {
      await loop.stop();
      for (const { stopping } of running.values()) stopping.abort();
      await Promise.all([...running.values()].map(({ done }) => done));
    },
  };
}

const versionOf = ({ settings, eventTypeId, credential }: EventGridSource): string =>
  JSON.stringify([settings, eventTypeId, credential?.id ?? null]);
