import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

/** Somebody as the provider knows them. */
export interface Account {
  sub: string;
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface TestProvider {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Who signs in next; null: whoever comes calls it off. */
  account: Account | null;
  close(): Promise<void>;
}

/** A real OpenID Connect provider on this machine, whose people sign in without being asked. */
export async function startProvider(callbackUrl: string): Promise<TestProvider> {
  const [clientId, clientSecret] = ['nexomatic', 'a-secret-that-the-provider-made'];
  let account: Account | null = null;
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // Another site than the hub at 127.0.0.1, as browsers see it.
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [callbackUrl] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    pkce: { required: () => true },
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}` },
    findAccount: (_context, sub) => ({ accountId: sub, claims: () => ({ ...account, sub }) }),
    ttl: { AccessToken: 60, Grant: 60, IdToken: 60, Interaction: 60, Session: 60 },
  });
  const callback = provider.callback();
  server.on('request', (request, response) => {
    if (!request.url?.startsWith('/interaction/')) return void callback(request, response);
    void finishInteraction(provider, account, request, response);
  });
  return {
    issuer,
    clientId,
    clientSecret,
    get account() {
      return account;
    },
    set account(next) {
      account = next;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

type Handler = Parameters<ReturnType<Provider['callback']>>;

/** What a person would do on the provider's pages: sign in and agree, or turn back. */
async function finishInteraction(
  provider: Provider,
  account: Account | null,
  ...[request, response]: Handler
): Promise<void> {
  const { prompt, params, session } = await provider.interactionDetails(request, response);
  if (!account) {
    const result = { error: 'access_denied', error_description: 'called off' };
    return provider.interactionFinished(request, response, result);
  }
  if (prompt.name === 'login') {
    return provider.interactionFinished(request, response, { login: { accountId: account.sub } });
  }
  const grant = new provider.Grant({
    accountId: session?.accountId ?? account.sub,
    clientId: String(params.client_id),
  });
  grant.addOIDCScope('openid email profile');
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}
