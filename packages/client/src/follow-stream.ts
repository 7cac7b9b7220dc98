import { NexomaticError, type Problem } from '@nexomatic/contracts/error-code';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { type Credential, tokenOf } from './credential.ts';
import { fromProblem } from './refusal.ts';

export interface FollowOptions {
  url: string;
  token: string | Credential;
  fetch: typeof fetch;
  /** Path of a subscription in the router, for example `events.followLog`. */
  procedure: string;
  input?: unknown;
  signal: AbortSignal;
}

/**
 * `connected` comes at the beginning and after every reconnection: what happened between two of them was not told. `alive` comes
 * every 10 s while the hub is there.
 */
export type Followed<T> = { kind: 'connected' | 'alive' } | { kind: 'data'; data: T };

const firstWaitMs = 200;
const longestWaitMs = 5_000;
/** The hub says every 10 s that it is there; a connection that is silent for longer than this is dead. */
const silenceMs = 25_000;

/**
 * Follows a stream of the hub by `fetch` alone, which Node, browsers and Workers all have (`EventSource` can't send a token).
 * A connection that breaks is made anew from where it was; ends when the hub ends the stream, throws when it refuses.
 * The events are tRPC's: `connected`, `ping`, `return`, `serialized-error`, and data without a name.
 */
export async function* followStream<T>(options: FollowOptions): AsyncGenerator<Followed<T>, void, void> {
  let lastEventId = '';
  let failures = 0;
  while (!options.signal.aborted) {
    let sent = '';
    try {
      sent = await tokenOf(options.token);
      for await (const { event, id, data } of connection(options, sent, lastEventId)) {
        failures = 0;
        if (event === 'return') return;
        if (event === 'serialized-error') throw refusalIn(JSON.parse(data));
        if (event === 'connected' || event === 'ping') yield { kind: event === 'ping' ? 'alive' : event };
        if (id) lastEventId = id;
        if (event === undefined) yield { kind: 'data', data: JSON.parse(data) as T };
      }
    } catch (error) {
      if (options.signal.aborted || (error instanceof NexomaticError && !(await mayPass(error, sent, options))))
        throw error;
    }
    failures += 1;
    await pause(Math.min(firstWaitMs * 2 ** Math.min(failures - 1, 10), longestWaitMs), options.signal);
  }
  options.signal.throwIfAborted();
}

/** Whether a hub that just can't, or a token that ended while there is another, is all there is to it. */
async function mayPass({ code }: NexomaticError, sent: string, { token }: FollowOptions): Promise<boolean> {
  if (code === 'unavailable') return true;
  return code === 'unauthenticated' && typeof token !== 'string' && (await token.renewed(sent)) !== null;
}

async function* connection(options: FollowOptions, sent: string, lastEventId: string) {
  const { url, fetch, procedure, input, signal } = options;
  const address = new URL(`/trpc/${procedure}`, url);
  if (input !== undefined) address.searchParams.set('input', JSON.stringify(input));
  if (lastEventId) address.searchParams.set('lastEventId', lastEventId);
  const silent = new AbortController();
  const headers = { authorization: `Bearer ${sent}`, accept: 'text/event-stream' };
  const response = await fetch(address, { headers, signal: AbortSignal.any([signal, silent.signal]) });
  if (!response.ok || !response.body) throw await failureOf(response);
  const events = response.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  try {
    for (;;) {
      const timer = setTimeout(() => silent.abort(), silenceMs);
      const { done, value } = await reader.read().finally(() => clearTimeout(timer));
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A refusal is final; anything else (a proxy's page, a hub that starts) may be better the next time. */
async function failureOf(response: Response): Promise<Error> {
  if (response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429) {
    return refusalIn(((await response.json()) as { error?: unknown }).error);
  }
  return new Error(`the hub answered ${response.status}`);
}

function refusalIn(error: unknown): Error {
  const problem = (error as { data?: { problem?: Problem } } | undefined)?.data?.problem;
  return problem ? fromProblem(problem) : new Error('the hub ended the stream without saying why');
}

/** Until the time is over or the signal ends. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
    function end(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    }
  });
}
