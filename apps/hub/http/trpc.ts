import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { fetchRequestHandler } from '@trpc/server/adapters/fetch';
import { getHTTPStatusCodeFromError } from '@trpc/server/http';
import type { Hono } from 'hono';
import type { Services } from '#server/services.ts';
import type { TrpcContext } from '#server/trpc/context.ts';
import { problemFromError } from '#server/trpc/problem-from-error.ts';
import { appRouter } from '#server/trpc/router.ts';
import type { Authenticate } from './authenticate.ts';
import { withinBodyLimit } from './body-limit.ts';
import { contextOf, logPrincipal } from './call-context.ts';
import { cutWhenShutOut } from './cut-when-shut-out.ts';
import type { HubApp } from './hub-app.ts';
import { statusHeaders } from './problem-response.ts';
import { withSignal } from './with-signal.ts';

/** A sink reports for many attempts at once, each with a result of up to 1 MiB and its log. */
const maxReportBytes = 64 * maxPayloadBytes;
const reportingCalls: ReadonlySet<string> = new Set(['/trpc/sink.record', '/trpc/sink.appendLogs']);
const maxCallBodyBytes = 2 * maxPayloadBytes;
/** Calls in one batch; a page makes a handful. */
const maxBatchSize = 50;

interface TrpcDeps {
  services: Services;
  authenticate: Authenticate;
  stopping: AbortSignal;
  /** How often an open stream asks whether its reader may still read. */
  recheckMs: number;
}

/** The procedures at `/trpc`, for pages, the typed client and sinks. A page names its tenant in the address (`?tenant=`). */
export function mountTrpc(app: Hono<HubApp>, { services, authenticate, stopping, recheckMs }: TrpcDeps): void {
  app.all('/trpc/*', async (context) => {
    const request = context.req.raw;
    const authenticateNow = () => authenticate.request(request, context.req.query('tenant') ?? null);
    const authenticated = await authenticateNow();
    const call = contextOf(context, services, authenticated);
    logPrincipal(context, call.principal);

    const reports = call.principal?.kind === 'sink' && reportingCalls.has(context.req.path);
    const maxBytes = reports ? maxReportBytes : maxCallBodyBytes;
    const shutOut = { everyMs: recheckMs, shutOutOf: services.sinkGate.signal };
    const cut = () => cutWhenShutOut(untilStop(request, stopping), call.principal, authenticateNow, shutOut);
    const checked = await withinLimits(request.method === 'GET' ? cut() : request, maxBytes);
    return fetchRequestHandler({
      endpoint: '/trpc',
      req: checked instanceof NexomaticError ? request : checked,
      router: appRouter,
      maxBatchSize,
      createContext: ({ resHeaders }): TrpcContext => ({
        ...call,
        refusal: checked instanceof NexomaticError ? checked : call.refusal,
        setCookie: (value) => resHeaders.append('set-cookie', value),
      }),
      responseMeta({ errors: [error] }) {
        if (!error) return {};
        const { code, status } = problemFromError(error, call.requestId);
        // tRPC has no name for this one, and would answer with its neighbour's.
        if (code === 'agent_version') return { status, headers: statusHeaders(status) };
        return { headers: statusHeaders(getHTTPStatusCodeFromError(error)) };
      },
      onError: ({ error, path }) => {
        if (problemFromError(error, call.requestId).code !== 'internal') return;
        services.logger.error({ err: error.cause ?? error, requestId: call.requestId, path }, 'call.failed');
      },
    });
  });
}

/** At a stop a subscription is cut and not ended, so that its reader comes back, to this hub or to another. */
const untilStop = (request: Request, stopping: AbortSignal): Request =>
  withSignal(request, AbortSignal.any([request.signal, stopping]));

/** The request, if its body is JSON of an allowed length. */
async function withinLimits(request: Request, maxBytes: number): Promise<Request | NexomaticError> {
  if (request.method !== 'POST') return request;
  const type = request.headers.get('content-type') ?? '';
  if (type.startsWith('application/json')) return withinBodyLimit(request, maxBytes);
  const detail = `Calls take application/json, not ${type || 'a body without type'}.`;
  return new NexomaticError('unsupported_media_type', detail);
}
