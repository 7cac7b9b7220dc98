import { isIP } from 'node:net';
import type { BlobStoreSettings } from '@nexomatic/blob-store/open-blob-store';
import { isAgentVersion, isOlder, oldestAgentVersion } from '@nexomatic/contracts/agent-version';
import { nearestName } from '@nexomatic/contracts/nearest-name';
import { withoutLogin } from '@nexomatic/queue/without-login';
import { type EnvelopeKey, envelopeKey } from '@nexomatic/signature/edge-envelope';
import * as z from 'zod';
import { blobSettingNames, readBlobStore } from './archive/store-setting.ts';
import { isSsoSetting, readSsoProviders, type SsoProvider } from './auth/single-sign-on/provider-settings.ts';
import { readKeyring } from './keyring/read-keyring.ts';
import { secretSetting } from './secret-setting.ts';

/** Everything the hub takes from its environment. Tuning constants stay in the code that uses them. */
export interface HubEnv {
  databaseUrl: string;
  redisUrl: string;
  /** Where sinks of this network reach Redis; without login. The hub's own address unless they see it under another. */
  sinkRedisUrl: string;
  host: string;
  port: number;
  /** Where people reach the dashboard; no slash at the end. */
  publicUrl: string;
  /** Where senders reach webhooks; the public URL unless an edge stands in front. */
  edgeUrl: string;
  /** The first signs, all verify. Empty: only requests that reach this hub directly are taken. */
  edgeKeys: EnvelopeKey[];
  /** Root keys: the first wraps, all unwrap. From NEXOMATIC_KEYRING or NEXOMATIC_KEYRING_FILE. */
  keyring: Uint8Array[];
  /** What `/metrics` asks for as a bearer token; null: only administrators of the hub read it. */
  metricsToken: string | null;
  logLevel: string;
  migrate: 'auto' | 'check' | 'off';
  role: 'all' | 'web' | 'background';
  instance: 'development' | 'staging' | 'production';
  /** Addresses of proxies, or networks of them, whose word on whom they speak for is taken (`X-Forwarded-For`). */
  trustedProxies: string[];
  /** Hosts beside Azure's own that Event Grid sources may pull from: custom domains of namespaces. */
  eventGridHosts: string[];
  /** Tenants may let their Event Grid sources sign in as the machine that the hub runs on. */
  eventGridIdentity: boolean;
  /** Webhook requests of one tenant a second that each hub takes in the long run; twice as many at once. */
  tenantRate: number;
  /** Agents that are older are refused. */
  oldestAgent: string;
  /** From NEXOMATIC_OIDC_<NAME>_ISSUER, _CLIENT_ID, _CLIENT_SECRET (or _FILE) and _LABEL. */
  ssoProviders: SsoProvider[];
  /** People come by single sign-on alone: the password form is hidden, but stays at `/login?password`. */
  ssoOnly: boolean;
  /** Where old logs are moved to. From NEXOMATIC_BLOB_…. */
  blobStore: BlobStoreSettings;
}

export type EnvOutcome =
  | { ok: true; env: HubEnv; warnings: string[] }
  | { ok: false; faults: string[]; warnings: string[] };

/** Settings that may hold a password or key; each can also come from the file that `NAME_FILE` names. */
const secretNames = ['DATABASE_URL', 'REDIS_URL', 'NEXOMATIC_EDGE_KEYS', 'NEXOMATIC_METRICS_TOKEN'] as const;

const url = (protocols: string[], example: string): z.ZodType<string, string> =>
  z
    .string({ error: `is not set; give for example ${example}` })
    .refine((text) => protocols.includes(URL.parse(text)?.protocol ?? ''), {
      error: `is not a ${protocols.join(' or ')} URL; give for example ${example}`,
    });

const webUrl = (example: string) => url(['http:', 'https:'], example).transform((text) => text.replace(/\/+$/, ''));

const databaseUrl = url(['mysql:', 'mariadb:'], 'mysql://nexomatic:password@127.0.0.1:3306/nexomatic').refine(
  (text) => (URL.parse(text)?.pathname ?? '').length > 1,
  { error: 'names no database; put its name after the host, as in mysql://…:3306/nexomatic' },
);

const edgeKey = z
  .string()
  .regex(/^[A-Za-z0-9._-]{1,64}:[0-9a-f]{64}$/, {
    error:
      'is not a list of kid:key pairs; each key is 64 lower-case hex digits, as `openssl rand -hex 32` prints them',
  })
  .refine((pair) => new Set(Buffer.from(pair.slice(pair.indexOf(':') + 1), 'hex')).size > 1, {
    error: 'holds a key of one repeated byte; make one with `openssl rand -hex 32`',
  })
  .transform((pair) => envelopeKey(pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)));

const edgeKeys = z
  .string()
  .transform((text) => text.split(',').map((pair) => pair.trim()))
  .pipe(z.array(edgeKey))
  .refine((keys) => new Set(keys.map((key) => key.keyId)).size === keys.length, {
    error: 'names the same key id twice; give each key its own id',
  });

const trustedProxies = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .refine((parts) => parts.every(isAddressOrNetwork), {
    error: 'is not a list of addresses or networks; give for example 10.0.0.5,192.168.0.0/16',
  });

const eventGridHosts = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim().toLowerCase()))
  .refine((hosts) => hosts.every((host) => /^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(host)), {
    error: 'is not a list of host names; give for example events.example.com,orders.example.com',
  });

function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
  return (
    longest > 0 && more.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest))
  );
}

const oneOf = <const Names extends [string, ...string[]]>(names: Names) =>
  z.enum(names, { error: `must be one of ${names.join(', ')}` });

const schema = z.object({
  DATABASE_URL: databaseUrl,
  REDIS_URL: url(['redis:', 'rediss:'], 'redis://127.0.0.1:6379'),
  NEXOMATIC_SINK_REDIS_URL: url(['redis:', 'rediss:'], 'redis://redis.internal:6379').optional(),
  NEXOMATIC_HOST: z.string().default('127.0.0.1'),
  NEXOMATIC_PORT: z.coerce
    .number({ error: 'is not a number; give a port from 1 to 65535' })
    .int({ error: 'is not a whole number; give a port from 1 to 65535' })
    .min(1, { error: 'is not a port; give one from 1 to 65535' })
    .max(65_535, { error: 'is not a port; give one from 1 to 65535' })
    .default(4600),
  NEXOMATIC_PUBLIC_URL: webUrl('https://nexomatic.example.com').optional(),
  NEXOMATIC_EDGE_URL: webUrl('https://hooks.example.com').optional(),
  NEXOMATIC_EDGE_KEYS: edgeKeys.optional(),
  NEXOMATIC_METRICS_TOKEN: z
    .string()
    .min(20, { error: 'is shorter than 20 characters; make one with `openssl rand -hex 32`' })
    .optional(),
  NEXOMATIC_LOG_LEVEL: oneOf(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NEXOMATIC_MIGRATE: oneOf(['auto', 'check', 'off']).default('auto'),
  NEXOMATIC_ROLE: oneOf(['all', 'web', 'background']).default('all'),
  NEXOMATIC_INSTANCE: oneOf(['development', 'staging', 'production']).default('development'),
  NEXOMATIC_TRUSTED_PROXIES: trustedProxies.optional(),
  NEXOMATIC_EVENT_GRID_HOSTS: eventGridHosts.optional(),
  NEXOMATIC_EVENT_GRID_IDENTITY: oneOf(['true', 'false']).default('false'),
  NEXOMATIC_TENANT_RATE: z.coerce
    .number({ error: 'is not a number; give requests a second, from 1 to 1000000' })
    .int({ error: 'is not a whole number; give requests a second, from 1 to 1000000' })
    .min(1, { error: 'is less than 1; give requests a second, from 1 to 1000000' })
    .max(1_000_000, { error: 'is more than 1000000; give requests a second, from 1 to 1000000' })
    .default(2_000),
  NEXOMATIC_OLDEST_AGENT: z
    .string()
    .refine((text) => isAgentVersion(text) && !isOlder(text, oldestAgentVersion), {
      error: `is not a version from ${oldestAgentVersion} on; give the version of the oldest agent that may come in`,
    })
    .default(oldestAgentVersion),
  NEXOMATIC_SSO_ONLY: oneOf(['true', 'false']).default('false'),
});

const knownNames = [
  ...Object.keys(schema.shape),
  ...secretNames.map((name) => `${name}_FILE`),
  'NEXOMATIC_KEYRING',
  'NEXOMATIC_KEYRING_FILE',
  ...blobSettingNames,
];

/** Reads the environment once, at boot. Every fault is listed, each with the setting's name and what to do. */
export function readEnv(source: Record<string, string | undefined> = process.env): EnvOutcome {
  const { values, faults } = withFiles(source);
  const sso = readSsoProviders(source);
  const keyring = readKeyring(source);
  if (!keyring.ok) faults.push(keyring.fault);
  const blobs = readBlobStore(source);
  const warnings = unknownNames(source);
  const parsed = schema.safeParse(values);
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) {
      // The first fault of a setting; what follows from it would only repeat it.
      if (!faults.some((fault) => fault.startsWith(`${String(path[0])} `)))
        faults.push(`${String(path[0])} ${message}`);
    }
    return { ok: false, faults: [...faults, ...sso.faults, ...blobs.faults], warnings };
  }
  faults.push(...sso.faults, ...blobs.faults);
  const settings = parsed.data;
  const publicUrl = settings.NEXOMATIC_PUBLIC_URL ?? `http://localhost:${settings.NEXOMATIC_PORT}`;
  if (settings.NEXOMATIC_INSTANCE === 'production' && !publicUrl.startsWith('https:')) {
    faults.push(
      `NEXOMATIC_PUBLIC_URL is ${publicUrl}; a production hub is reached over https: give its https:// address, or set NEXOMATIC_INSTANCE=development for a trial`,
    );
  }
  const ssoOnly = settings.NEXOMATIC_SSO_ONLY === 'true';
  if (ssoOnly && sso.providers.length === 0 && sso.faults.length === 0) {
    faults.push('NEXOMATIC_SSO_ONLY is true, and no provider is set; give NEXOMATIC_OIDC_<NAME>_ISSUER and the rest');
  }
  if (!keyring.ok || faults.length > 0) return { ok: false, faults, warnings };
  return {
    ok: true,
    warnings,
    env: {
      databaseUrl: settings.DATABASE_URL,
      redisUrl: settings.REDIS_URL,
      sinkRedisUrl: withoutLogin(settings.NEXOMATIC_SINK_REDIS_URL ?? settings.REDIS_URL),
      host: settings.NEXOMATIC_HOST,
      port: settings.NEXOMATIC_PORT,
      publicUrl,
      edgeUrl: settings.NEXOMATIC_EDGE_URL ?? publicUrl,
      edgeKeys: settings.NEXOMATIC_EDGE_KEYS ?? [],
      keyring: keyring.keys,
      metricsToken: settings.NEXOMATIC_METRICS_TOKEN ?? null,
      logLevel: settings.NEXOMATIC_LOG_LEVEL,
      migrate: settings.NEXOMATIC_MIGRATE,
      role: settings.NEXOMATIC_ROLE,
      instance: settings.NEXOMATIC_INSTANCE,
      trustedProxies: settings.NEXOMATIC_TRUSTED_PROXIES ?? [],
      eventGridHosts: settings.NEXOMATIC_EVENT_GRID_HOSTS ?? [],
      eventGridIdentity: settings.NEXOMATIC_EVENT_GRID_IDENTITY === 'true',
      tenantRate: settings.NEXOMATIC_TENANT_RATE,
      oldestAgent: settings.NEXOMATIC_OLDEST_AGENT,
      ssoProviders: sso.providers,
      ssoOnly,
      blobStore: blobs.store,
    },
  };
}

function withFiles(source: Record<string, string | undefined>) {
  const values: Record<string, string | undefined> = {};
  const faults: string[] = [];
  // An empty setting counts as one that is not set.
  for (const name of Object.keys(schema.shape)) values[name] = source[name] || undefined;
  for (const name of secretNames) {
    const { value, fault } = secretSetting(source, name);
    values[name] = value;
    if (fault) faults.push(fault);
  }
  return { values, faults };
}

function unknownNames(source: Record<string, string | undefined>): string[] {
  return Object.keys(source)
    .filter((name) => name.startsWith('NEXOMATIC_') && !knownNames.includes(name) && !isSsoSetting(name))
    .map((name) => `${name} is not a setting of the hub; did you mean ${nearestName(name, knownNames)}?`);
}
