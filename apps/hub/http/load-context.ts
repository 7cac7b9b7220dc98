import type { Role } from '@nexomatic/contracts/permission';
import type { UserPrincipal } from '#server/auth/principal.ts';
import type { PasswordSignIn } from '#server/auth/sign-in-by-password.ts';
import type { SsoRefusal } from '#server/auth/single-sign-on/sign-in-by-sso.ts';
import type { HubEnv } from '#server/env.ts';
import type { Acceptance } from '#server/invitations/accept-invitation.ts';
import type { FirstPerson } from '#server/setup/set-up-instance.ts';
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
  /** Where people and programs reach this hub; no slash at the end. */
  publicUrl: string;
  /** Base of webhook addresses (`<edgeUrl>/h/<sourceKey>`). */
  edgeUrl: string;
  /** Path and query of the page that was asked for, for the way back after signing in. */
  path: string;
  /** What people may do before they are signed in. */
  entrance: Entrance;
  /** Ends this request's session; answers the `Set-Cookie` value that clears the cookie. */
  signOut(): Promise<string>;
}

/** What a page is told of an outcome: never the token of the session. */
export type Told<T> = T extends { sessionToken: string } ? Omit<T, 'sessionToken'> : T;

/** The doors of the hub. Whoever is let in gets the session's cookie with the answer of this request. */
export interface Entrance {
  /** Whether anybody has an account here; nobody has before the setup. */
  hasPeople(): Promise<boolean>;
  /** How people may sign in: whether by password, and by which providers of single sign-on. */
  ways: { password: boolean; providers: { id: string; label: string }[] };
  /** Where to send the browser; null for a provider that is not set. */
  beginSso(
    providerId: string,
    next: string | null,
  ): Promise<{ kind: 'begun'; url: string } | { kind: 'unreachable' } | null>;
  /** Takes the answer of a provider, the query of the callback's address. */
  finishSso(providerId: string, query: string): Promise<FinishedSso | null>;
  /** False for a link that is unknown, used or expired, told apart for nobody. */
  byLink(token: string): Promise<boolean>;
  byPassword(given: { email: string; password: string }): Promise<Told<PasswordSignIn>>;
  /** Whether the setup link can be used. */
  setupLink(token: string): Promise<'open' | 'closed' | 'done'>;
  /** Of the root key that everything is sealed by, for whoever may set the hub up. */
  keyringFingerprint: string;
  /** Makes the first person and tenant; false for a setup link that can not be used. */
  setUp(token: string, first: FirstPerson): Promise<boolean>;
  /** What an invitation is for; null for one that is unknown, expired, used or revoked. */
  invitation(token: string): Promise<ShownInvitation | null>;
  acceptAsNewcomer(token: string, person: { name: string; password: string }): Promise<Told<Acceptance>>;
  /** As whoever is signed in. */
  acceptAsMyself(token: string): Promise<Told<Acceptance>>;
}

export type FinishedSso =
  /** `joined`: address of a tenant that they were made a member of; `next`: the page that they had asked for. */
  { kind: 'signed_in'; joined: string | null; next: string | null } | { kind: 'refused'; reason: SsoRefusal };

export interface ShownInvitation {
  email: string;
  role: Role;
  expiresAt: string;
  /** Name of the tenant. */
  tenant: string;
  /** The address has an account here already. */
  knownPerson: boolean;
}

/** Made by `http/remix.ts` from the Remix build, and handed to `createServer`. */
export type RemixHandler = (request: Request, context: HubLoadContext) => Promise<Response>;
