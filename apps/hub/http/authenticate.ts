import { createAuthenticateToken } from '#server/auth/authenticate-token.ts';
import type { Principal, UserPrincipal } from '#server/auth/principal.ts';
import { readSession } from '#server/auth/read-session.ts';
import { readSessionCookie } from '#server/auth/session-cookie.ts';
import type { Services } from '#server/services.ts';
import { isFromOwnPages } from './same-origin.ts';

export type Authenticated =
  | { kind: 'known'; principal: Principal | null }
  /** A cookie came with a request that another site's page may have caused. */
  | { kind: 'foreign_page' };

export interface Authenticate {
  /** By bearer token or, failing that, by session cookie. */
  request(request: Request, tenantSlug: string | null): Promise<Authenticated>;
  /** By session cookie alone, as pages do. */
  session(request: Request, tenantSlug: string | null): Promise<UserPrincipal | null>;
}

/** Finds out who sends a request. */
export function createAuthenticate(services: Services): Authenticate {
  const byToken = createAuthenticateToken(services);

  async function session(request: Request, tenantSlug: string | null): Promise<UserPrincipal | null> {
    const token = readSessionCookie(services.env, request.headers.get('cookie'));
    return token === null ? null : readSession(services, token, tenantSlug);
  }

  return {
    session,
    async request(request, tenantSlug) {
      const authorization = request.headers.get('authorization');
      if (authorization !== null) {
        const token = bearer.exec(authorization)?.[1];
        return { kind: 'known', principal: token === undefined ? null : await byToken(token) };
      }
      const carriesSession = readSessionCookie(services.env, request.headers.get('cookie')) !== null;
      if (!isFromOwnPages(request, services.env.publicUrl, carriesSession)) return { kind: 'foreign_page' };
      return { kind: 'known', principal: await session(request, tenantSlug) };
    },
  };
}

const bearer = /^Bearer ([A-Za-z0-9_-]{20,100})$/i;
