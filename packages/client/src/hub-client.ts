import type { AppRouter } from '@nexomatic/hub/router';
import { createTRPCClient, type HTTPLinkOptions, httpLink, type TRPCClient } from '@trpc/client';

export type { AppRouter };

type LinkOptions = HTTPLinkOptions<AppRouter['_def']['_config']['$types']>;

export interface HubClientOptions {
  /** Address of the hub, for example `https://hub.example.com`. */
  url: string;
  /** An API token (`nxt_…`) or a sink's token (`nxs_…`). */
  token: string;
  /** Replaces the platform's `fetch`. */
  fetch?: NonNullable<LinkOptions['fetch']>;
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
        headers: ({ op }) => ({ authorization: `Bearer ${token}`, ...headersOf(op.context) }),
        ...(fetch ? { fetch } : {}),
      }),
    ],
  });
}

/** What a call adds to its headers, given as `context: { headers }`; an idempotency key for example. */
const headersOf = ({ headers }: { headers?: unknown }): Record<string, string> =>
  typeof headers === 'object' && headers !== null ? { ...headers } : {};
