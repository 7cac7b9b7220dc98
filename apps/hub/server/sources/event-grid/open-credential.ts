import type { EventGridAuth } from '@nexomatic/contracts/event-grid-settings';

/** Where a cloud's people and programs sign in, by the end of its namespaces' names. */
const authorities = [
  { suffix: '.azure.us', host: 'https://login.microsoftonline.us' },
  { suffix: '.azure.cn', host: 'https://login.chinacloudapi.cn' },
];
const publicAuthority = 'https://login.microsoftonline.com';

/**
 * What the hub shows Azure. The libraries are loaded by the first source that needs them: most hubs pull from none, and they
 * are larger than all the rest of the hub.
 */
export async function openCredential(
  auth: EventGridAuth,
  { secret, namespaceUrl }: { secret: string | null; namespaceUrl: string },
  options: { authorityHost?: string; tlsOptions?: { ca: string }; disableInstanceDiscovery?: boolean } = {},
) {
  if (auth.kind === 'managed_identity') {
    const { ManagedIdentityCredential } = await import('@azure/identity');
    return auth.clientId === undefined
      ? new ManagedIdentityCredential()
      : new ManagedIdentityCredential({ clientId: auth.clientId });
  }
  if (secret === null) throw new Error('It has no credential; give one on its page.');
  if (auth.kind === 'access_key') {
    const { AzureKeyCredential } = await import('@azure/eventgrid-namespaces');
    return new AzureKeyCredential(secret);
  }
  const { ClientSecretCredential } = await import('@azure/identity');
  const { hostname } = new URL(namespaceUrl);
  const authorityHost = authorities.find(({ suffix }) => hostname.endsWith(suffix))?.host ?? publicAuthority;
  return new ClientSecretCredential(auth.directoryId, auth.clientId, secret, { authorityHost, ...options });
}
export type Credential = Awaited<ReturnType<typeof openCredential>>;
