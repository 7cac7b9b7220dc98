import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { EventDetail, EventSummary } from '@nexomatic/contracts/event-api';
import type { LogEntry } from '@nexomatic/contracts/log-api';
import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { type Archive, createArchive } from './archive.ts';
import { type Blackouts, createBlackouts } from './blackouts.ts';
import { eachOf } from './each-of.ts';
import { createEvents, type Events, type Follow, type ListEvents } from './events.ts';
import { followStream } from './follow-stream.ts';
import { type AppRouter, createHubClient, type HubClient } from './hub-client.ts';
import { told } from './refusal.ts';
import { createSchedules, type Schedules } from './schedules.ts';
import type { SavedSecret, SetSecretOptions } from './set-secret.ts';

export type { EventDetail, EventSummary, ListEvents, LogEntry };
export { NexomaticError };

type Inputs = inferRouterInputs<AppRouter>;
type Outputs = inferRouterOutputs<AppRouter>;
export type FiredEvent = Outputs['events']['fire'];
export type SearchLogs = Inputs['logs']['search'];
export type FoundRecord = Outputs['logs']['search']['records'][number];

export interface NexomaticOptions {
  /** Address of the hub, for example `https://hub.example.com`. */
  url: string;
  /** An API token, `nxt_…`. */
  token: string;
  /** Replaces the platform's `fetch`. */
  fetch?: typeof fetch;
}

export interface FireOptions {
  /** With the same key, the same payload fires one event however often it is sent; another payload is refused. */
  idempotencyKey?: string;
  /** Name of the CUSTOM source that it is fired as; without it, the one whose credential the token is, or else the hub's own, `api`. */
  source?: string;
  /** Name of the one sink that may run it; any sink of its type when left out. */
  sink?: string;
  /** Not to be started earlier than this from now. */
  delaySeconds?: number;
  /** Not to be started before this instant; instead of `delaySeconds`. */
  at?: string;
  signal?: AbortSignal;
}

/** Payload types by name of event type, as `nexomatic codegen` writes them; without them every payload is taken. */
export interface PayloadTypes {
  [type: string]: unknown;
}

/** What a program does with a hub. Every call rejects with `NexomaticError` (see its `code`) when the hub refuses. */
export interface Nexomatic<Types extends object = PayloadTypes> {
  /** Fires an event and, with `wait`, comes back when it is finished: `SUCCESS`, `WARNING` or `ERROR`. */
  fire<Type extends keyof Types & string>(
    type: Type,
    payload: Types[Type],
    options: FireOptions & { wait: true },
  ): Promise<EventDetail>;
  fire<Type extends keyof Types & string>(type: Type, payload: Types[Type], options?: FireOptions): Promise<FiredEvent>;
  events: Events;
  logs: {
    /** Records of all events' logs that meet the query, newest first, as they are asked for. */
    search(query?: Omit<SearchLogs, 'cursor'>): AsyncGenerator<FoundRecord, void, void>;
  };
  secrets: {
    /**
     * Seals the value here and gives it to the secret of that name, which is made where there is none: with `sinks` as one that
     * only these can read.
     */
    set(name: string, value: string | Uint8Array, options?: SetSecretOptions): Promise<SavedSecret>;
  };
  schedules: Schedules;
  blackouts: Blackouts;
  archive: Archive;
  /** Every procedure of the hub, typed; the calls above are made of these. */
  api: HubClient;
}

/** A client for programs: Node, browsers and Workers. It holds no connection while nothing is asked of it. */
export function createNexomatic<Types extends object = PayloadTypes>(options: NexomaticOptions): Nexomatic<Types> {
  // A method that is called without its object throws in Workers.
  const send: typeof fetch = options.fetch ?? ((input, init) => fetch(input, init));
  const api = createHubClient({ ...options, fetch: send as never });
  const never = new AbortController().signal;
  const follow: Follow = (procedure, input, signal = never) =>
    followStream({ url: options.url, token: options.token, fetch: send, procedure, input, signal });

  const events = createEvents(api, follow);

  return {
    fire: async (
      type: string,
      payload: unknown,
      { idempotencyKey, signal, wait: waits, ...where }: FireOptions & { wait?: true } = {},
    ) => {
      const context = idempotencyKey ? { headers: { 'idempotency-key': idempotencyKey } } : {};
      const given = { context, ...(signal ? { signal } : {}) };
      const fired = await told(api.events.fire.mutate({ type, payload, ...where }, given));
      return waits ? events.wait(fired.id, signal ? { signal } : {}) : fired;
    },
    events,
    logs: { search: (query = {}) => foundRecords(api, query) },
    secrets: {
      set: async (name, value, options) => (await import('./set-secret.ts')).setSecret(api, name, value, options),
    },
    schedules: createSchedules(api),
    blackouts: createBlackouts(api),
    archive: createArchive(api),
    api,
  } as Nexomatic<Types>;
}

const foundRecords = (api: HubClient, query: Omit<SearchLogs, 'cursor'>) =>
  eachOf(async (from) => {
    const { records, nextCursor } = await told(api.logs.search.query({ ...query, ...from }));
    return { items: records, nextCursor };
  });
