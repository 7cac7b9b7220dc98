import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';

/** What Hono knows of a request here: Node's own request beside the Fetch one, and what `observe` puts in. */
export interface HubApp {
  Bindings: HttpBindings;
  Variables: {
    requestId: string;
    /** Fields for the request's log line, filled in by whoever learns them. */
    logFields: Record<string, unknown>;
  };
}

export type HubContext = Context<HubApp>;

/** Peer address of the connection; behind a proxy that is the proxy's. */
export const remoteAddressOf = (context: HubContext): string => context.env.incoming.socket.remoteAddress ?? '';
