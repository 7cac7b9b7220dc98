import type { UserPrincipal } from '#server/auth/principal.ts';
import type { HubEnv } from '#server/env.ts';
import type { HubCaller } from '#server/trpc/router.ts';

/**
 * What every Remix loader and action gets as `context`, made once per request. The tenant is the one that the path
 * names (`/t/:tenant/…`): `caller` speaks to it, and `principal.member` is null for somebody who doesn't belong to it.
 */
export interface HubLoadContext {
  /** The tRPC procedures, called in process as this request's principal. */
  caller: HubCaller;
  /** Who is signed in; null when nobody is. */
  principal: UserPrincipal | null;
  requestId: string;
  /** For every `<script>` and `<style>` of the page; the same value stands in its Content-Security-Policy. */
  cspNonce: string;
  instance: HubEnv['instance'];
  /** Base of webhook addresses (`<edgeUrl>/h/<sourceKey>`). */
  edgeUrl: string;
  /** Trades a login link's token for a session. Null: unknown, used or expired, told apart for nobody. */
  signIn(token: string): Promise<SignIn | null>;
  /** Ends this request's session; answers the `Set-Cookie` value that clears the cookie. */
  signOut(): Promise<string>;
}

export interface SignIn {
  /** Value for the answer's `Set-Cookie` header. */
  setCookie: string;
  /** Where to go: the events of the person's first tenant, or `/`. */
  redirectTo: string;
}

/** Made by `http/remix.ts` from the Remix build, and handed to `createServer`. */
export type RemixHandler = (request: Request, context: HubLoadContext) => Promise<Response>;
