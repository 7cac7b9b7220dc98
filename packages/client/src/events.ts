import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventDetail, EventSummary, ListedEvents } from '@nexomatic/contracts/event-api';
import { isTerminal } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { eachOf } from './each-of.ts';
import { type Followed, pause } from './follow-stream.ts';
import type { AppRouter, HubClient } from './hub-client.ts';
import { told } from './refusal.ts';

type EventId = Id<'event'>;
export type ListEvents = inferRouterInputs<AppRouter>['events']['list'];
type Outputs = inferRouterOutputs<AppRouter>['events'];
type Until = { signal?: AbortSignal };

export interface Events {
  /** One page, newest first. */
  list(query?: ListEvents): Promise<ListedEvents>;
  /** All of them, page by page as they are asked for. */
  each(query?: Omit<ListEvents, 'cursor'>): AsyncGenerator<EventSummary, void, void>;
  get(id: EventId): Promise<EventDetail>;
  /** The event once it is finished. */
  wait(id: EventId, options?: Until): Promise<EventDetail>;
  /** The event as it is now, and again each time that it may have changed, until it is finished. */
  watch(id: EventId, options?: Until): AsyncGenerator<EventDetail, void, void>;
  /** Runs a finished event again, as a new one by the present definitions: with its payload, unless another is given. */
  rerun(id: EventId, options?: { payload?: unknown }): Promise<Outputs['rerun']>;
  /** Ends an event that waits (`cancelled`), or has the sink of one that runs end it (`cancelling`). */
  cancel(id: EventId): Promise<Outputs['cancel']>;
  /** The log of an attempt (the latest unless named); with `follow` as it is written, to its end. */
  logs(id: EventId, options?: Until & { attempt?: number; follow?: boolean }): AsyncGenerator<LogEntry, void, void>;
}

/** Opens a stream of the hub, as `followStream` does. */
export type Follow = <T>(
  procedure: string,
  input: unknown,
  signal?: AbortSignal,
) => AsyncGenerator<Followed<T>, void, void>;

/** An answer names so many events at most; there may have been more. */
const mostNamed = 500;
const retryMs = 1_000;

/** The part of the client that is about events. */
export function createEvents(api: HubClient, follow: Follow): Events {
  const get = (id: EventId): Promise<EventDetail> => told(api.events.get.query({ id }));

  async function* watch(id: EventId, { signal }: Until = {}): AsyncGenerator<EventDetail, void, void> {
    for await (const change of follow<{ eventIds: string[] }>('events.changes', undefined, signal)) {
      if (change.kind === 'data' && !concerns(change.data, id)) continue;
      const event = await untilAnswered(() => get(id), signal);
      yield event;
      if (isTerminal(event.state)) return;
    }
  }

  return {
    list: (query = {}) => told(api.events.list.query(query)),
    each: (query = {}) =>
      eachOf(async (from) => {
        const { events, nextCursor } = await told(api.events.list.query({ ...query, ...from }));
        return { items: events, nextCursor };
      }),
    get,
    watch,
    async wait(id, options) {
      for await (const event of watch(id, options)) if (isTerminal(event.state)) return event;
      throw new Error('the stream of changes ended');
    },
    rerun: (id, options = {}) => told(api.events.rerun.mutate({ id, ...options })),
    cancel: (id) => told(api.events.cancel.mutate({ id })),
    async *logs(id, { attempt, follow: follows = false, signal } = {}) {
      const input = { id, ...(attempt ? { attempt } : {}) };
      if (!follows) {
        yield* logPages(api, input);
        return;
      }
      for await (const page of follow<{ entries: LogEntry[]; complete: boolean }>('events.followLog', input, signal)) {
        if (page.kind !== 'data') continue;
        yield* page.data.entries;
        if (page.data.complete) return;
      }
    },
  };
}

const concerns = ({ eventIds }: { eventIds: string[] }, id: EventId): boolean =>
  eventIds.includes(id) || eventIds.length >= mostNamed;

/** Asks again until a hub answers: one that restarts is there again in a moment. A refusal is an answer. */
async function untilAnswered<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (error instanceof NexomaticError && error.code !== 'unavailable') throw error;
    }
    await pause(retryMs, signal);
    signal?.throwIfAborted();
  }
}

async function* logPages(api: HubClient, input: { id: EventId; attempt?: number }) {
  let after = 0;
  for (;;) {
    const page = await told(api.events.logs.query({ ...input, after }));
    yield* page.entries;
    if (page.complete || page.lastSeq === after) return;
    after = page.lastSeq;
  }
}
