import type { AppRouter } from '@nexomatic/hub/router';
import { createTRPCClient, type HTTPLinkOptions, httpLink, type TRPCClient } from '@trpc/client';
import { type Credential, tokenOf } from './credential.ts';

export type { AppRouter };

type LinkOptions = HTTPLinkOptions<AppRouter['_def']['_config']['$types']>;

type Fetch = NonNullable<LinkOptions['fetch']>;

export interface HubClientOptions {
  /** Address of the hub, for example `https://hub.example.com`. */
  url: string;
  /** An API token (`nxt_…`), a sink's token (`nxs_…`), or what a sink gets its access tokens from. */
  token: string | Credential;
  /** Replaces the platform's `fetch`. */
  fetch?: Fetch;
}

export type HubClient = TRPCClient<AppRouter>;

/**
 * Every procedure of the hub, typed: `createHubClient({ url, token }).events.fire.mutate({ … })`. One request per call:
 * the calls that are made often take many items each, so batching several calls into one request would win nothing.
 */
export function createHubClient({ url, token, fetch }: HubClientOptions): HubClient {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: new URL('/trpc', url).href,
        headers: async ({ op }) => ({ authorization: `Bearer ${await tokenOf(token)}`, ...headersOf(op.context) }),
        ...(typeof token === 'string' ? (fetch ? { fetch } : {}) : { fetch: renewing(token, fetch) }),
      }),
    ],
  });
}

/** Meets a refusal once with a renewed token: a hub may have got another keyring, or the sink another key. */
function renewing(credential: Credential, send: Fetch = (url, init) => fetch(url, init as RequestInit)): Fetch {
  return async (url, init) => {
    const answer = await send(url, init);
    // Every `fetch` has it; the library asks for less.
    if ((answer as { status?: number }).status !== 401) return answer;
    // tRPC gives headers as a plain record.
    const headers = init?.headers as Record<string, string> | undefined;
    const next = await credential.renewed(headers?.authorization?.slice('Bearer '.length) ?? '');
    if (next === null) return answer;
    return send(url, { ...init, headers: { ...headers, authorization: `Bearer ${next}` } });
  };
}

/** What a call adds to its headers, given as `context: { headers }`; an idempotency key for example. */
const headersOf = ({ headers }: { headers?: unknown }): Record<string, string> =>
  typeof headers === 'object' && headers !== null ? { ...headers } : {};
