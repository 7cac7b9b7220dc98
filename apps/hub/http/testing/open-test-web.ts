import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '@nexomatic/clock';
import { oldestAgentVersion } from '@nexomatic/contracts/agent-version';
import type { Id } from '@nexomatic/contracts/id';
import { type Logger, silentLogger } from '@nexomatic/logger';
import { envelopeKey } from '@nexomatic/signature/edge-envelope';
import type { MiddlewareHandler } from 'hono';
import { createLoginLink } from '#server/auth/create-login-link.ts';
import { sessionCookieName } from '#server/auth/session-cookie.ts';
import { signInByLink } from '#server/auth/sign-in-by-link.ts';
import { testVisitor } from '#server/auth/testing/visitor.ts';
import type { HubEnv } from '#server/env.ts';
import { testKeyringKeys } from '#server/keyring/testing/test-keyring.ts';
import { createServices, type Services } from '#server/services.ts';
import type { RemixHandler } from '../load-context.ts';
import { createServer } from '../server.ts';

/** A hub's HTTP server on a free port, with real services behind it. */
export interface TestWeb {
  baseUrl: string;
  services: Services;
  /** `fetch` below the base URL. */
  get(path: string, init?: RequestInit): Promise<Response>;
  /** The same with a JSON body. */
  post(path: string, body: unknown, init?: RequestInit): Promise<Response>;
  close(): Promise<void>;
}

export const testEdgeKey = envelopeKey('k1', '0123456789abcdef'.repeat(4));

export interface TestWebOptions {
  databaseUrl: string;
  redisUrl: string;
  env?: Partial<HubEnv>;
  clock?: Services['clock'];
  logger?: Logger;
  remix?: RemixHandler;
  files?: MiddlewareHandler;
  recheckMs?: number;
}

export async function openTestWeb(options: TestWebOptions): Promise<TestWeb> {
  const { databaseUrl, redisUrl, clock = systemClock, logger = silentLogger, remix, files, recheckMs } = options;
  const env: HubEnv = {
    databaseUrl,
    redisUrl,
    sinkRedisUrl: redisUrl,
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'http://localhost:4600',
    edgeUrl: 'http://localhost:4601',
    edgeKeys: [testEdgeKey],
    keyring: testKeyringKeys,
    metricsToken: null,
    logLevel: 'silent',
    migrate: 'off',
    role: 'web',
    instance: 'development',
    trustedProxies: [],
    eventGridHosts: [],
    eventGridIdentity: false,
    tenantRate: 2_000,
    oldestAgent: oldestAgentVersion,
    ssoProviders: [],
    ssoOnly: false,
    blobStore: { kind: 'file', folder: join(tmpdir(), 'nexomatic-test-archive') },
    ...options.env,
  };
  const services = await createServices(env, logger, clock);
  const server = createServer({
    services,
    ...(remix ? { remix } : {}),
    ...(files ? { files } : {}),
    ...(recheckMs ? { recheckMs } : {}),
  });
  const { host, port } = await server.listen();
  const baseUrl = `http://${host}:${port}`;
  return {
    baseUrl,
    services,
    get: (path, init) => fetch(baseUrl + path, init),
    post: (path, body, init = {}) =>
      fetch(baseUrl + path, {
        method: 'POST',
        ...init,
        headers: { 'content-type': 'application/json', ...(init.headers as Record<string, string> | undefined) },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    async close() {
      await server.close();
      await services.close();
    },
  };
}

/** The header that an API or sink token travels in. */
export const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

/** The `Cookie` header of somebody who signed in just now. */
export async function signInAs({ services }: TestWeb, user: { id: Id<'user'> }): Promise<string> {
  const token = await createLoginLink(services, user.id);
  return `${sessionCookieName(services.env)}=${await signInByLink(services, token, testVisitor)}`;
}
