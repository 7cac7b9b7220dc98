import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { problem } from '@nexomatic/contracts/error-code';
import { Hono, type MiddlewareHandler } from 'hono';
import type { Services } from '#server/services.ts';
import { problemFromError } from '#server/trpc/problem-from-error.ts';
import { createAuthenticate } from './authenticate.ts';
import { mountEdgeCalls } from './edge-calls.ts';
import { mountHealth } from './health.ts';
import type { HubApp } from './hub-app.ts';
import { mountIngress } from './ingress.ts';
import { listenOn, serverLimits, silentConnections, stopServing } from './listen.ts';
import type { RemixHandler } from './load-context.ts';
import { mountMetrics } from './metrics.ts';
import { observe } from './observe.ts';
import { mountPages } from './pages.ts';
import { problemResponse } from './problem-response.ts';
import { mountQueueBoard } from './queue-board.ts';
import { proxyList } from './remote-address.ts';
import { requestIdOf } from './request-id.ts';
import { mountRest } from './rest.ts';
import { securityHeaders } from './security-headers.ts';
import { mountTrpc } from './trpc.ts';

export interface HubServer {
  /** Settles once requests are taken; rejects with the address in its message if it is taken. */
  listen(): Promise<{ host: string; port: number }>;
  /** No new connections, subscriptions end, requests under way are finished (25 s at most). */
  close(): Promise<void>;
}

export interface HubServerOptions {
  services: Services;
  /** The pages; without them every address that nothing else takes is 404. */
  remix?: RemixHandler;
  /** Serves the files that the pages' build made. */
  files?: MiddlewareHandler;
  /** How soon a stream ends whose reader is let in no more. */
  recheckMs?: number;
}

/** The hub's HTTP server. The order of the mounts is the order of cost: what is asked most pays for least. */
export function createServer({ services, remix, files, recheckMs = 10_000 }: HubServerOptions): HubServer {
  const { env, logger, clock } = services;
  const stopping = new AbortController();
  const deps = { services, authenticate: createAuthenticate(services), stopping: stopping.signal };
  const app = new Hono<HubApp>();

  mountIngress(app, services);
  mountEdgeCalls(app, services);
  app.use('*', observe(logger, clock), securityHeaders(env.publicUrl));
  mountHealth(app, services, stopping.signal);
  mountTrpc(app, { ...deps, recheckMs });
  mountRest(app, deps);
  mountQueueBoard(app, deps);
  mountMetrics(app, deps);
  if (files) app.get('*', files);
  if (remix) mountPages(app, { ...deps, remix });

  app.notFound((context) => {
    const requestId = context.get('requestId');
    return problemResponse(problem('not_found', `There is nothing at ${context.req.path}.`, { requestId }));
  });
  app.onError((error, context) => {
    // The ingress has no request id of its own at hand.
    const requestId = context.get('requestId') ?? requestIdOf(context.req.header('x-request-id'));
    const told = problemFromError(error, requestId);
    if (told.code === 'internal') logger.error({ err: error, requestId }, 'request.failed');
    return problemResponse(told);
  });

  const proxies = proxyList(env.trustedProxies);
  const server = createAdaptorServer({
    fetch: (request, bindings) => app.fetch(request, { ...(bindings as HttpBindings), proxies }),
    hostname: env.host,
    serverOptions: serverLimits,
  });
  const silent = silentConnections(server);
  return {
    listen: () => listenOn(server, env),
    async close() {
      stopping.abort();
      services.gateway.endWaits();
      await stopServing(server, silent);
    },
  };
}
