import { once } from 'node:events';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { openCredential } from './open-credential.ts';
import { localhostCertificate } from './testing/localhost-certificate.ts';

const directoryId = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const clientId = '8f1f5f0e-3e2c-4c55-9d2d-3c8d3c2b1a00';
const asked: Record<string, string>[] = [];
const authority = createServer(localhostCertificate, (request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    response.setHeader('content-type', 'application/json');
    const { port } = authority.address() as AddressInfo;
    const base = `https://localhost:${port}/${directoryId}`;
    if (request.url?.includes('openid-configuration')) {
      response.end(
        JSON.stringify({
          ...{ issuer: `${base}/v2.0`, authorization_endpoint: `${base}/authorize`, jwks_uri: `${base}/keys` },
          ...{ token_endpoint: `${base}/oauth2/v2.0/token`, end_session_endpoint: `${base}/logout` },
        }),
      );
      return;
    }
    asked.push(Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString())));
    const good = asked.at(-1)?.client_secret === 'right';
    response.statusCode = good ? 200 : 401;
    response.end(
      JSON.stringify(
        good
          ? { token_type: 'Bearer', expires_in: 3_599, access_token: 'the-token' }
          : { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' },
      ),
    );
  });
});
authority.listen(0, 'localhost');
await once(authority, 'listening');
afterAll(() => {
  authority.close();
});

const signIn = async (secret: string) => {
  const { port } = authority.address() as AddressInfo;
  const credential = await openCredential(
    { kind: 'client_secret', directoryId, clientId },
    { secret, namespaceUrl: 'https://orders.westeurope-1.eventgrid.azure.net' },
    {
      authorityHost: `https://localhost:${port}`,
      tlsOptions: { ca: localhostCertificate.cert },
      disableInstanceDiscovery: true,
    },
  );
  if (!('getToken' in credential)) throw new Error('not a credential of Entra');
  return credential.getToken('https://eventgrid.azure.net/.default');
};

test('an app registration signs in to its directory with its secret, for Event Grid alone', async () => {
  expect(await signIn('right')).toMatchObject({ token: 'the-token' });
  expect(asked.at(-1)).toMatchObject({
    ...{ client_id: clientId, client_secret: 'right', grant_type: 'client_credentials' },
    scope: 'https://eventgrid.azure.net/.default',
  });
});

test('a wrong secret is told by what the directory says, and without the secret', async () => {
  const refusal = await signIn('wrong-secret').catch((error: unknown) => error);
  expect(String(refusal)).toContain('AADSTS7000215');
  expect(String(refusal)).not.toContain('wrong-secret');
});

test('an access key is sent as it is, and a source without a credential says so', async () => {
  const namespaceUrl = 'https://orders.westeurope-1.eventgrid.azure.net';
  expect(await openCredential({ kind: 'access_key' }, { secret: 'key', namespaceUrl })).toMatchObject({ key: 'key' });
  await expect(openCredential({ kind: 'access_key' }, { secret: null, namespaceUrl })).rejects.toThrow('no credential');
});
