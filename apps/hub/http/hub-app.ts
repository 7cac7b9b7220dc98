import type { BlockList } from 'node:net';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { clientAddress } from './remote-address.ts';

/** What Hono knows of a request here: Node's own request beside the Fetch one, and what `observe` puts in. */
export interface HubApp {
  Bindings: HttpBindings & { proxies: BlockList | null };
  Variables: {
    requestId: string;
    /** Fields for the request's log line, filled in by whoever learns them. */
    logFields: Record<string, unknown>;
  };
}

export type HubContext = Context<HubApp>;

/** Whom a request is from: the peer of the connection, or whom a trusted proxy speaks for. */
export const remoteAddressOf = ({ env: { incoming, proxies } }: HubContext): string =>
  clientAddress(incoming.socket.remoteAddress ?? '', String(incoming.headers['x-forwarded-for'] ?? ''), proxies);
