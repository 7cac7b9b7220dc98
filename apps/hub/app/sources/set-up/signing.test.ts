import { spawn } from 'node:child_process';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { systemClock } from '@nexomatic/clock';
import { type Verification, verificationSchema } from '@nexomatic/contracts/verification';
import { type SignedRequest, verifyRequest } from '@nexomatic/signature/verify-request';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { secretPlace, signedCurl } from './signed-curl.ts';
import { signedFetch } from './signed-fetch.ts';
import { signingRecipe } from './signing-recipe.ts';

/** Takes one request after the other, as a receiver would. */
let received: SignedRequest[] = [];
const server = createServer(async (request, response) => {
  received.push(await asSigned(request));
  response.end();
});
let origin: string;
beforeAll(async () => {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((done) => server.close(done)));

async function asSigned(request: IncomingMessage): Promise<SignedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return {
    method: request.method ?? '',
    url: `${origin}${request.url}`,
    headers: new Headers(request.headers as Record<string, string>),
    body: new Uint8Array(Buffer.concat(chunks)),
    receivedAt: systemClock.now(),
    remoteAddress: '127.0.0.1',
  };
}

async function run(command: string, args: string[], input: string): Promise<void> {
  const child = spawn(command, args);
  child.stdin.end(input);
  const [said, code] = await Promise.all([text(child.stderr), new Promise((done) => child.on('close', done))]);
  expect(code, said).toBe(0);
}

const whsec = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const sha512 = { scheme: 'hmac', header: 'x-sign', algorithm: 'sha512' };
const cases: [string, unknown, string][] = [
  ['GitHub', { scheme: 'github' }, "It's $a `secret` to \\everybody"],
  ['Stripe', { scheme: 'stripe' }, 'whsec_test_secret'],
  ['Slack', { scheme: 'slack' }, '8f742231b10e8888abcd99yyyzzz85a5'],
  ['Shopify', { scheme: 'shopify' }, 'hush'],
  ['Twilio', { scheme: 'twilio' }, '12345'],
  ['X', { scheme: 'x' }, 'consumer'],
  ['GitLab', { scheme: 'gitlab_token' }, 'glt-1234'],
  ['Standard Webhooks', { scheme: 'standard_webhooks' }, whsec],
  ['a bearer token', { scheme: 'token' }, 'tok_1'],
  ['an API key', { scheme: 'token', header: 'x-api-key', prefix: '' }, 'tok_2'],
  ['user and password', { scheme: 'basic' }, 'Aladdin:open sesame'],
  ['HMAC in hex', { scheme: 'hmac', header: 'x-sign', prefix: 'v1=' }, 'plain text'],
  ['HMAC in base64, long', { ...sha512, encoding: 'base64' }, 'plain text'],
  ['HMAC in base64url, key in hex', { ...sha512, encoding: 'base64url', keyEncoding: 'hex' }, '00ff10203040'],
  [
    'HMAC with time and id',
    {
      ...{ scheme: 'hmac', header: 'x-sign', algorithm: 'sha384', keyEncoding: 'base64' },
      template: 'a"$`{timestamp}b,{id}\\:{body}',
      ...{ timestampHeader: 'x-time', idHeader: 'x-id' },
    },
    'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  ],
  ['HMAC whose template names what no header holds', { ...sha512, template: '{timestamp}.{body}' }, 'plain text'],
];

async function accepted(verification: Verification, secret: string) {
  const [request] = received;
  if (!request) throw new Error('nothing was sent');
  expect(new TextDecoder().decode(request.body)).toBe('{"name":"Ada"}');
  return await verifyRequest(request, {
    verification,
    secrets: [{ id: 'one', value: secret }],
    allowedAddresses: [],
  });
}

describe.each(cases)('a request signed for %s', (_name, settings, secret) => {
  const verification = verificationSchema.parse(settings);

  test('by the shell script passes the check of the source', async () => {
    received = [];
    const script = signedCurl(signingRecipe(verification), `${origin}/h/key`);
    expect(script).not.toContain(secret);
    const filled = script.replace(`'${secretPlace}'`, `'${secret.replaceAll("'", "'\\''")}'`);
    await run('bash', ['-eu', '-s'], filled);
    expect(await accepted(verification, secret)).toEqual({ outcome: 'valid', secretId: 'one' });
  });

  test('by the module passes the check of the source', async () => {
    received = [];
    const code = signedFetch(signingRecipe(verification), `${origin}/h/key`);
    await run('env', [`SECRET=${secret}`, process.execPath, '--input-type=module', '-'], code);
    expect(await accepted(verification, secret)).toEqual({ outcome: 'valid', secretId: 'one' });
  });
});

test('a source that takes every request is tried by one line', () => {
  expect(signedCurl(signingRecipe({ scheme: 'none' }), 'https://hooks.example.com/h/key')).toBe(
    `curl -H 'content-type: application/json' -d '{"name":"Ada"}' 'https://hooks.example.com/h/key'`,
  );
});
