import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { UserPrincipal } from '#server/auth/principal.ts';
import { sessionCookie } from '#server/auth/session-cookie.ts';
import { signInByLink } from '#server/auth/sign-in-by-link.ts';
import { type PasswordSignIn, signInByPassword } from '#server/auth/sign-in-by-password.ts';
import { beginAtProvider, type SsoSignIn, signInBySso } from '#server/auth/single-sign-on/sign-in-by-sso.ts';
import { clearSsoCookie, readSsoCookie, ssoCookie, ssoCookieMs } from '#server/auth/single-sign-on/sso-cookie.ts';
import type { Visitor } from '#server/auth/visitor.ts';
import { type Acceptance, acceptAsKnownPerson, acceptAsNewcomer } from '#server/invitations/accept-invitation.ts';
import { findOpenInvitation } from '#server/invitations/open-invitation.ts';
import type { Services } from '#server/services.ts';
import { type FirstPerson, setUpInstance } from '#server/setup/set-up-instance.ts';
import { hasPeople, readSetupLink } from '#server/setup/setup-link.ts';
import type { Entrance, Told } from './load-context.ts';

interface EntranceDeps {
  services: Services;
  principal: UserPrincipal | null;
  visitor: Visitor;
  /** The request's `Cookie` header. */
  cookies: string | null;
  setCookie(value: string): void;
}

/** The doors of the hub for one request: each lets in by setting the session's cookie, and leaves a line in the log. */
export function createEntrance({ services, principal, visitor, cookies, setCookie }: EntranceDeps): Entrance {
  const { env, db, clock, identityProviders } = services;

  /** Keeps the token for the cookie and tells the page the rest. */
  function letIn<T extends object>(how: string, outcome: T): Told<T> {
    const { sessionToken, ...told } = outcome as T & { sessionToken?: string };
    if (sessionToken !== undefined) setCookie(sessionCookie(env, sessionToken));
    const { requestId, remoteAddress } = visitor;
    services.logger.info({ requestId, remoteAddress, how, signedIn: sessionToken !== undefined }, 'sign_in.tried');
    return told as Told<T>;
  }

  return {
    hasPeople: () => hasPeople(db.systemEm()),

    ways: { password: !env.ssoOnly, providers: env.ssoProviders.map(({ id, label }) => ({ id, label })) },

    async beginSso(providerId, next) {
      const provider = identityProviders.find(providerId);
      if (!provider) return null;
      const begun = await beginAtProvider(services, provider, visitor);
      if (!begun) return { kind: 'unreachable' };
      const state = { provider: provider.id, ...begun.checks, next, until: clock.now() + ssoCookieMs };
      setCookie(ssoCookie(env, provider, state));
      return { kind: 'begun', url: begun.url };
    },

    async finishSso(providerId, query) {
      const provider = identityProviders.find(providerId);
      if (!provider) return null;
      const begun = readSsoCookie(env, provider, cookies, clock.now());
      setCookie(clearSsoCookie(env));
      if (!begun) return { kind: 'refused', reason: 'expired' };
      const outcome = letIn<SsoSignIn>('sso', await signInBySso(services, provider, { query, checks: begun }, visitor));
      return outcome.kind === 'signed_in' ? { ...outcome, next: begun.next } : outcome;
    },

    async byLink(token) {
      const sessionToken = await signInByLink(services, token, visitor);
      letIn('link', sessionToken === null ? {} : { sessionToken });
      return sessionToken !== null;
    },

    byPassword: async (given) => letIn<PasswordSignIn>('password', await signInByPassword(services, given, visitor)),

    keyringFingerprint: services.keyring.fingerprint,
    setupLink: (token) => readSetupLink(services, token),

    async setUp(token: string, first: FirstPerson) {
      const done = await setUpInstance(services, token, first, visitor);
      letIn('setup', done ?? {});
      return done !== null;
    },

    async invitation(token) {
      // Whoever holds the link may see what it is for, whatever tenant that is.
      const open = await findOpenInvitation(db.systemEm(), clock, token);
      if (!open) return null;
      const { invitation, tenant, user } = open;
      const { email, role, expiresAt } = invitation;
      return { email, role, expiresAt: expiresAt.toISOString(), tenant: tenant.name, knownPerson: user !== null };
    },

    async acceptAsNewcomer(token, person) {
      if (env.ssoOnly) throw new NexomaticError('forbidden', 'People come to this hub by single sign-on alone.');
      return letIn<Acceptance>('invitation', await acceptAsNewcomer(services, token, person, visitor));
    },

    async acceptAsMyself(token) {
      if (!principal) return { kind: 'known_person' };
      return letIn<Acceptance>('invitation', await acceptAsKnownPerson(services, token, principal, visitor));
    },
  };
}
