import { randomBytes } from 'node:crypto';
import { maxPayloadBytes } from '@nexomatic/contracts/envelope';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Hono } from 'hono';
import { endSession } from '#server/auth/end-session.ts';
import type { UserPrincipal } from '#server/auth/principal.ts';
import { clearSessionCookie } from '#server/auth/session-cookie.ts';
import type { Services } from '#server/services.ts';
import { problemFromError } from '#server/trpc/problem-from-error.ts';
import { createCaller } from '#server/trpc/router.ts';
import type { Authenticate } from './authenticate.ts';
import { withinBodyLimit } from './body-limit.ts';
import { contextOf, logPrincipal } from './call-context.ts';
import { createEntrance } from './entrance.ts';
import type { HubApp, HubContext } from './hub-app.ts';
import type { HubLoadContext, RemixHandler } from './load-context.ts';
import { problemResponse } from './problem-response.ts';
import { contentSecurityPolicy } from './security-headers.ts';

interface PagesDeps {
  services: Services;
  authenticate: Authenticate;
  remix: RemixHandler;
}

/** A form holds at most a payload, and writing one for a form may take three bytes for each of its own. */
const maxFormBytes = 4 * maxPayloadBytes;

/** Everything that no address before it took: pages, their data requests (`….data`) and their actions. */
export function mountPages(app: Hono<HubApp>, deps: PagesDeps): void {
  const { authenticate, remix } = deps;
  app.all('*', async (context) => {
    const request = context.req.raw;
    const refusal = authenticate.foreignPage(request);
    if (refusal) return problemResponse(problemFromError(refusal, context.get('requestId')));
    const checked = await withinBodyLimit(request, maxFormBytes);
    if (checked instanceof NexomaticError) {
      return problemResponse(problemFromError(checked, context.get('requestId')));
    }
    const principal = await authenticate.session(request, tenantOfPath(context.req.path));
    logPrincipal(context, principal);
    const cspNonce = randomBytes(16).toString('base64');
    const cookies: string[] = [];
    const response = await remix(withoutOrigin(checked), loadContext(context, deps, { principal, cspNonce, cookies }));
    for (const cookie of cookies) response.headers.append('set-cookie', cookie);
    const html = response.headers.get('content-type')?.startsWith('text/html');
    if (html) response.headers.set('content-security-policy', contentSecurityPolicy(cspNonce));
    return response;
  });
}

/**
 * Remix compares `Origin` with the `Host` that reaches it, and believes `X-Forwarded-Host`: behind a proxy that compares the
 * wrong things. `foreignPage` has decided by the hub's public address, so Remix is not asked again.
 */
function withoutOrigin(request: Request): Request {
  if (!request.headers.has('origin')) return request;
  const asked = new Request(request);
  asked.headers.delete('origin');
  return asked;
}

/** A data request's path ends in `.data`; no slug holds a dot. */
const tenantOfPath = (path: string): string | null => /^\/t\/([^/.]+)/.exec(path)?.[1] ?? null;

interface PageFacts {
  principal: UserPrincipal | null;
  cspNonce: string;
  /** Collects what is to be set with the answer. */
  cookies: string[];
}

function loadContext(
  context: HubContext,
  { services }: PagesDeps,
  { principal, cspNonce, cookies }: PageFacts,
): HubLoadContext {
  const { env } = services;
  const setCookie = (value: string) => void cookies.push(value);
  const call = { ...contextOf(context, services, { principal, refusal: null }), setCookie };
  const { requestId, remoteAddress } = call;
  const userAgent = context.req.header('user-agent') ?? null;
  const visitor = { userAgent, remoteAddress, requestId, sessionId: principal?.sessionId ?? null };
  return {
    caller: createCaller(call),
    principal,
    requestId,
    cspNonce,
    instance: env.instance,
    publicUrl: env.publicUrl,
    edgeUrl: env.edgeUrl,
    path: pagePath(context.req.raw.url),
    entrance: createEntrance({
      services,
      principal,
      visitor,
      cookies: context.req.header('cookie') ?? null,
      setCookie,
    }),
    async signOut() {
      if (principal) await endSession(services.db, principal.sessionId);
      return clearSessionCookie(env);
    },
  };
}

/** A data request is about the page whose address it has with `.data` behind the path. */
function pagePath(url: string): string {
  const { pathname, searchParams } = new URL(url);
  searchParams.delete('_routes');
  const path = pathname.replace(/\.data$/, '').replace(/^\/_root$/, '/');
  return searchParams.size > 0 ? `${path}?${searchParams}` : path;
}
