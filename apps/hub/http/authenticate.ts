import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Principal, UserPrincipal } from '#server/auth/principal.ts';
import { readSession } from '#server/auth/read-session.ts';
import { readSessionCookie } from '#server/auth/session-cookie.ts';
import type { Services } from '#server/services.ts';
import { problemFromError } from '#server/trpc/problem-from-error.ts';
import { isFromOwnPages } from './same-origin.ts';

export interface Authenticated {
  /** Null when no valid credential was sent. */
  principal: Principal | null;
  /** Why nothing is to be done for this request, whoever sends it. */
  refusal: NexomaticError | null;
}

export interface Authenticate {
  /** By bearer token or, failing that, by session cookie. */
  request(request: Request, tenantSlug: string | null): Promise<Authenticated>;
  /** By session cookie alone, as pages do. */
  session(request: Request, tenantSlug: string | null): Promise<UserPrincipal | null>;
  /** The refusal of a change that another site's page asks a browser for; null for everything else. */
  foreignPage(request: Request): NexomaticError | null;
}

/** Finds out who sends a request. */
export function createAuthenticate(services: Services): Authenticate {
  const { env, authenticateToken } = services;

  async function session(request: Request, tenantSlug: string | null): Promise<UserPrincipal | null> {
    const token = readSessionCookie(env, request.headers.get('cookie'));
    return token === null ? null : readSession(services, token, tenantSlug);
  }

  function foreignPage(request: Request): NexomaticError | null {
    const carriesSession = readSessionCookie(env, request.headers.get('cookie')) !== null;
    if (isFromOwnPages(request, env.publicUrl, carriesSession)) return null;
    return new NexomaticError('forbidden', `This came from a page of another origin; use the hub at ${env.publicUrl}.`);
  }

  async function principalOf(request: Request, tenantSlug: string | null): Promise<Principal | null> {
    const authorization = request.headers.get('authorization');
    if (authorization === null) return session(request, tenantSlug);
    const token = bearer.exec(authorization)?.[1];
    return token === undefined ? null : authenticateToken(token);
  }

  return {
    session,
    foreignPage,
    async request(request, tenantSlug) {
      // A browser adds cookies to what another site's page sends, but never a token.
      const refusal = request.headers.has('authorization') ? null : foreignPage(request);
      if (refusal) return { principal: null, refusal };
      try {
        return { principal: await principalOf(request, tenantSlug), refusal: null };
      } catch (error) {
        const { code, detail } = problemFromError(error, '');
        if (code !== 'unavailable' && code !== 'tenant_suspended') throw error;
        return { principal: null, refusal: new NexomaticError(code, detail, { cause: error }) };
      }
    },
  };
}

const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/i;
