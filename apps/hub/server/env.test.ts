import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readEnv } from './env.ts';
import { testKeyring, testKeyringKeys } from './keyring/testing/test-keyring.ts';

const folder = mkdtempSync(join(tmpdir(), 'nexomatic-env-'));
afterAll(() => rmSync(folder, { recursive: true }));

const needed = {
  DATABASE_URL: 'mysql://u:p@127.0.0.1:3306/nexomatic',
  REDIS_URL: 'redis://127.0.0.1:6379',
  NEXOMATIC_KEYRING: testKeyring,
};
const key = '0123456789abcdef'.repeat(4);
const otherKey = 'fedcba9876543210'.repeat(4);

function faultsOf(source: Record<string, string>): string[] {
  const outcome = readEnv(source);
  return outcome.ok ? [] : outcome.faults;
}

function envOf(source: Record<string, string>) {
  const outcome = readEnv(source);
  if (!outcome.ok) throw new Error(outcome.faults.join('\n'));
  return outcome.env;
}

test('with the two addresses alone, everything else has a default', () => {
  expect(envOf(needed)).toEqual({
    databaseUrl: needed.DATABASE_URL,
    redisUrl: needed.REDIS_URL,
    sinkRedisUrl: needed.REDIS_URL,
    host: '127.0.0.1',
    port: 4600,
    publicUrl: 'http://localhost:4600',
    edgeUrl: 'http://localhost:4600',
    edgeKeys: [],
    keyring: testKeyringKeys,
    logLevel: 'info',
    migrate: 'auto',
    role: 'all',
    instance: 'development',
    trustedProxies: [],
    eventGridHosts: [],
    eventGridIdentity: false,
    tenantRate: 2_000,
    oldestAgent: '0.1.0',
    ssoProviders: [],
    ssoOnly: false,
    metricsToken: null,
    blobStore: { kind: 'file', folder: resolve('.nexomatic/archive') },
  });
});

test('all faults are listed at once, each with the setting and what to do', () => {
  expect(
    faultsOf({
      REDIS_URL: 'http://127.0.0.1',
      NEXOMATIC_PORT: '70000',
      NEXOMATIC_ROLE: 'worker',
      NEXOMATIC_EDGE_KEYS: 'k1:abc',
    }),
  ).toEqual([
    'NEXOMATIC_KEYRING is not set; make one with `openssl rand -hex 32`, keep a copy, and give it in NEXOMATIC_KEYRING_FILE',
    'DATABASE_URL is not set; give for example mysql://nexomatic:password@127.0.0.1:3306/nexomatic',
    'REDIS_URL is not a redis: or rediss: URL; give for example redis://127.0.0.1:6379',
    'NEXOMATIC_PORT is not a port; give one from 1 to 65535',
    'NEXOMATIC_EDGE_KEYS is not a list of kid:key pairs; each key is 64 lower-case hex digits, as `openssl rand -hex 32` prints them',
    'NEXOMATIC_ROLE must be one of all, web, background',
  ]);
});

test.each([
  ['0', 'NEXOMATIC_PORT is not a port; give one from 1 to 65535'],
  ['x', 'NEXOMATIC_PORT is not a number; give a port from 1 to 65535'],
  ['80.5', 'NEXOMATIC_PORT is not a whole number; give a port from 1 to 65535'],
])('port %s is refused', (port, fault) => {
  expect(faultsOf({ ...needed, NEXOMATIC_PORT: port })).toEqual([fault]);
});

test('an empty setting counts as one that is not set', () => {
  expect(envOf({ ...needed, NEXOMATIC_PORT: '', NEXOMATIC_LOG_LEVEL: '' })).toMatchObject({
    port: 4600,
    logLevel: 'info',
  });
});

test('a database URL without a database is refused', () => {
  expect(faultsOf({ ...needed, DATABASE_URL: 'mysql://u:p@127.0.0.1:3306/' })).toEqual([
    'DATABASE_URL names no database; put its name after the host, as in mysql://…:3306/nexomatic',
  ]);
});

test('slashes at the end of the public URL are dropped, and webhooks use it unless the edge has its own', () => {
  const publicUrl = { ...needed, NEXOMATIC_PUBLIC_URL: 'https://nx.example.com/' };
  expect(envOf(publicUrl)).toMatchObject({ publicUrl: 'https://nx.example.com', edgeUrl: 'https://nx.example.com' });
  expect(envOf({ ...publicUrl, NEXOMATIC_EDGE_URL: 'https://hooks.example.com' }).edgeUrl).toBe(
    'https://hooks.example.com',
  );
});

test('a production hub over plain http is refused', () => {
  expect(faultsOf({ ...needed, NEXOMATIC_INSTANCE: 'production' })).toEqual([
    'NEXOMATIC_PUBLIC_URL is http://localhost:4600; a production hub is reached over https: give its https:// address, or set NEXOMATIC_INSTANCE=development for a trial',
  ]);
  expect(
    faultsOf({ ...needed, NEXOMATIC_INSTANCE: 'production', NEXOMATIC_PUBLIC_URL: 'https://nx.example.com' }),
  ).toEqual([]);
});

test('several edge keys keep their order, the first being the one that signs', () => {
  const { edgeKeys } = envOf({ ...needed, NEXOMATIC_EDGE_KEYS: `new:${key}, old:${otherKey}` });
  expect(edgeKeys.map(({ keyId }) => keyId)).toEqual(['new', 'old']);
});

test.each([
  [
    'one repeated byte',
    `k1:${'00'.repeat(32)}`,
    'holds a key of one repeated byte; make one with `openssl rand -hex 32`',
  ],
  ['the same id twice', `k1:${key},k1:${otherKey}`, 'names the same key id twice; give each key its own id'],
])('edge keys with %s are refused', (_, keys, fault) => {
  expect(faultsOf({ ...needed, NEXOMATIC_EDGE_KEYS: keys })).toEqual([`NEXOMATIC_EDGE_KEYS ${fault}`]);
});

test('a secret can come from a file, without the line break at its end', () => {
  const file = join(folder, 'database-url');
  writeFileSync(file, `${needed.DATABASE_URL}\n`);
  expect(envOf({ ...needed, DATABASE_URL: '', DATABASE_URL_FILE: file }).databaseUrl).toBe(needed.DATABASE_URL);
});

test('a secret given both ways is one fault', () => {
  expect(faultsOf({ ...needed, DATABASE_URL_FILE: '/run/secrets/database-url' })).toEqual([
    'DATABASE_URL and DATABASE_URL_FILE are both set; keep one of them',
  ]);
});

test('a secret file that can not be read is one fault that names the file', () => {
  const file = join(folder, 'missing');
  expect(faultsOf({ ...needed, DATABASE_URL: '', DATABASE_URL_FILE: file })).toEqual([
    `DATABASE_URL can not be read: DATABASE_URL_FILE names ${file} (ENOENT); make that file readable for the hub`,
  ]);
});

test('an unknown NEXOMATIC_ variable warns with the nearest name, and others are left alone', () => {
  const outcome = readEnv({ ...needed, NEXOMATIC_LOGLEVEL: 'debug', PATH: '/bin' });
  expect(outcome.warnings).toEqual([
    'NEXOMATIC_LOGLEVEL is not a setting of the hub; did you mean NEXOMATIC_LOG_LEVEL?',
  ]);
});

test('no fault repeats the value of a secret', () => {
  const faults = faultsOf({
    DATABASE_URL: 'postgres://u:hunter2@h/db',
    REDIS_URL: 'x://:hunter2@h',
    NEXOMATIC_EDGE_KEYS: 'hunter2',
    NEXOMATIC_KEYRING: 'hunter2',
  });
  expect(faults).toHaveLength(4);
  expect(faults.join()).not.toContain('hunter2');
});

test('trusted proxies are addresses or networks', () => {
  const list = '10.0.0.5, 192.168.0.0/16,fd00::/8';
  expect(envOf({ ...needed, NEXOMATIC_TRUSTED_PROXIES: list }).trustedProxies).toEqual([
    '10.0.0.5',
    '192.168.0.0/16',
    'fd00::/8',
  ]);
});

test.each(['proxy.local', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '*', '10.0.0.5,'])(
  'trusted proxies "%s" are refused',
  (list) => {
    expect(faultsOf({ ...needed, NEXOMATIC_TRUSTED_PROXIES: list })).toEqual([
      'NEXOMATIC_TRUSTED_PROXIES is not a list of addresses or networks; give for example 10.0.0.5,192.168.0.0/16',
    ]);
  },
);
