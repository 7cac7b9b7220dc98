import { serveStatic } from '@hono/node-server/serve-static';
import { problem } from '@nexomatic/contracts/error-code';
import { openQueueViews } from '@nexomatic/queue/queue-views';
import type { Hono } from 'hono';
import { listQueues } from '#server/instance/list-queues.ts';
import type { Services } from '#server/services.ts';
import type { Authenticate } from './authenticate.ts';
import { logPrincipal } from './call-context.ts';
import type { HubApp } from './hub-app.ts';
import { problemResponse } from './problem-response.ts';

/** Where the dashboard of BullMQ is. */
const basePath = '/admin/queues';
/** A new sink type is on it after this time. */
const listedForMs = 10_000;

/**
 * As tight as bull-board's own pages allow: scripts, one of them a worker, and data from here alone. They write style elements
 * while they run, without a nonce, so styles are let in as they are; a style can load nothing but what the rest allows.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "connect-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "base-uri 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * The raw queues, for administrators of the hub; others are told that there is nothing. To look at only: what became of an event
 * is decided in the ledger, and a job that somebody moved or removed here would be made again by it.
 */
export function mountQueueBoard(
  app: Hono<HubApp>,
  { services, authenticate }: { services: Services; authenticate: Authenticate },
): void {
  let board: ReturnType<typeof openBoard> | undefined;

  app.use(`${basePath}/*`, async (context) => {
    const requestId = context.get('requestId');
    const principal = await authenticate.session(context.req.raw, null);
    logPrincipal(context, principal);
    if (!principal?.instanceAdmin) {
      return problemResponse(problem('not_found', `There is nothing at ${context.req.path}.`, { requestId }));
    }
    if (context.req.method !== 'GET') {
      const detail = 'Queues can be looked at here and not changed; cancel or run events again on the Events page.';
      return problemResponse(problem('method_not_allowed', detail, { requestId }), { allow: 'GET' });
    }
    board ??= openBoard(services);
    const answer = await (await board).fetch(context.req.raw);
    return withPolicy(answer);
  });
}

/** Its code is loaded when somebody first looks: it brings a template engine and schemas that nothing else needs. */
async function openBoard(services: Services) {
  const { createBullBoard } = await import('@bull-board/api');
  const { BullMQAdapter } = await import('@bull-board/api/bullMQAdapter');
  const { HonoAdapter } = await import('@bull-board/hono');
  const { Hono } = await import('hono');
  const viewOf = openQueueViews(services.redis);
  const serverAdapter = new HonoAdapter(serveStatic);
  serverAdapter.setBasePath(basePath);
  const { replaceQueues } = createBullBoard({
    queues: [],
    serverAdapter,
    options: { uiConfig: { boardTitle: 'Nexomatic queues', hideRedisDetails: true } },
  });
  const app = new Hono();
  app.route(basePath, serverAdapter.registerPlugin());
  let listedAt = Number.NEGATIVE_INFINITY;

  async function refresh(): Promise<void> {
    const now = services.clock.monotonic();
    if (now < listedAt + listedForMs) return;
    listedAt = now;
    const queues = await listQueues(services);
    replaceQueues(
      queues.map(({ tenantSlug, sinkType, ...address }) => {
        const names = { prefix: `${tenantSlug}:`, displayName: `${tenantSlug}:${sinkType}`, delimiter: ':' };
        return new BullMQAdapter(viewOf(address), { readOnlyMode: true, ...names });
      }),
    );
  }

  return {
    async fetch(request: Request): Promise<Response> {
      await refresh();
      return app.fetch(request);
    },
  };
}

/** Its page asks another host for a font; the policy would refuse that, so it isn't asked in the first place. */
async function withPolicy(answer: Response): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.set('content-security-policy', policy);
  if (!headers.get('content-type')?.startsWith('text/html')) {
    return new Response(answer.body, { status: answer.status, headers });
  }
  const page = (await answer.text()).replaceAll(/<link[^>]+href="https?:[^>]*>/g, '');
  headers.delete('content-length');
  return new Response(page, { status: answer.status, headers });
}
