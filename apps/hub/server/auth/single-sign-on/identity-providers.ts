import type { Clock } from '@nexomatic/clock';
import * as client from 'openid-client';
import { isLoopback, type SsoProvider } from './provider-settings.ts';

/** What a provider says of somebody who has signed in there. */
export interface Identity {
  issuer: string;
  subject: string;
  email: string | null;
  emailVerified: boolean;
  name: string | null;
}

/** What ties the answer of a provider to the browser that was sent there. */
export interface SsoChecks {
  state: string;
  nonce: string;
  codeVerifier: string;
}

export interface IdentityProviders {
  find(id: string): SsoProvider | undefined;
  /** Where to send the browser, and what to ask of the answer. */
  begin(provider: SsoProvider): Promise<{ url: string; checks: SsoChecks }>;
  /** Trades the answer, the query of the callback's address, for who it is; throws if anything about it is wrong. */
  finish(provider: SsoProvider, query: string, checks: SsoChecks): Promise<Identity>;
}

/** Providers rotate keys and move endpoints now and then; what they publish is read anew after this time. */
const discoveryMs = 3_600_000;
const timeoutSeconds = 8;

/** Speaks to the providers of the settings: authorization code flow with PKCE, state and nonce. */
export function createIdentityProviders(
  env: { publicUrl: string; ssoProviders: SsoProvider[] },
  clock: Clock,
): IdentityProviders {
  const found = new Map<string, { until: number; configuration: Promise<client.Configuration> }>();
  const callbackOf = ({ id }: SsoProvider): string => `${env.publicUrl}/login/oidc/${id}/callback`;

  function configurationOf(provider: SsoProvider): Promise<client.Configuration> {
    const known = found.get(provider.id);
    if (known && known.until > clock.monotonic()) return known.configuration;
    const configuration = discover(provider);
    found.set(provider.id, { until: clock.monotonic() + discoveryMs, configuration });
    configuration.catch(() => found.delete(provider.id));
    return configuration;
  }

  return {
    find: (id) => env.ssoProviders.find((provider) => provider.id === id),

    async begin(provider) {
      const configuration = await configurationOf(provider);
      const checks = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        codeVerifier: client.randomPKCECodeVerifier(),
      };
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: callbackOf(provider),
        scope: 'openid email profile',
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.codeVerifier),
        code_challenge_method: 'S256',
      });
      return { url: url.href, checks };
    },

    async finish(provider, query, { state, nonce, codeVerifier }) {
      const configuration = await configurationOf(provider);
      const tokens = await client.authorizationCodeGrant(configuration, new URL(callbackOf(provider) + query), {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: codeVerifier,
        idTokenExpected: true,
      });
      const token = tokens.claims();
      if (!token) throw new Error('an answer without an ID token');
      // Many providers put the address into the ID token only when asked at another address.
      const claims = token.email ? token : await client.fetchUserInfo(configuration, tokens.access_token, token.sub);
      return {
        issuer: token.iss,
        subject: token.sub,
        email: text(claims.email),
        emailVerified: claims.email_verified === true,
        name: text(claims.name),
      };
    },
  };
}

const text = (claim: unknown): string | null => (typeof claim === 'string' && claim !== '' ? claim : null);

async function discover({ issuer, clientId, clientSecret }: SsoProvider): Promise<client.Configuration> {
  const server = new URL(issuer);
  const insecure = server.protocol === 'http:' && isLoopback(server.hostname);
  return client.discovery(server, clientId, undefined, authenticateBy(clientSecret), {
    timeout: timeoutSeconds,
    ...(insecure ? { execute: [client.allowInsecureRequests] } : {}),
  });
}

/** By the header, as every provider has to take it, unless one says that it only takes the form. */
function authenticateBy(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)];
  return (server, metadata, body, headers) => {
    const { token_endpoint_auth_methods_supported: methods = ['client_secret_basic'] } = server;
    const byForm = !methods.includes('client_secret_basic') && methods.includes('client_secret_post');
    (byForm ? post : basic)(server, metadata, body, headers);
  };
}
