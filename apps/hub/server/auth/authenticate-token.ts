import type { Clock } from '@nexomatic/clock';
import type { Permission } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { Tenant } from '@nexomatic/db/entities/tenant';
import type { Logger } from '@nexomatic/logger';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import type { Definitions, KnownSink } from '../definitions/definitions.ts';
import { type AccessTokens, keyPrintOf } from '../sinks/enrolment/access-tokens.ts';
import type { ApiTokenPrincipal } from './principal.ts';
import { tenantSuspended } from './tenant-suspended.ts';
import { hashToken, tokenPrefixes } from './tokens.ts';

/** Longest time, in milliseconds, that a token which another hub revoked may still be taken. */
export const tokenCacheMs = 5_000;
const lastUsedEveryMs = 60_000;
/** Guessed tokens cost an entry each; the oldest goes first. */
const maxEntries = 10_000;

export interface AuthenticateToken {
  /** Who holds it; null for nobody. Throws `tenant_suspended` for a good token of a tenant that is stopped. */
  (token: string): Promise<ApiTokenPrincipal | SinkIdentity | null>;
  /** Tokens were revoked here, or a tenant was stopped: this hub looks all of them up again. */
  forgetAll(): void;
}

/** What a token was found to be. */
interface Found {
  principal: ApiTokenPrincipal;
  /** Name of the tenant where it is suspended. */
  suspended: string | null;
}

interface Entry {
  until: number;
  found: Found | null;
}

/** Who holds a bearer token. The answer is remembered for a moment, because agents and programs call many times a second. */
export function createAuthenticateToken(deps: {
  db: Database;
  clock: Clock;
  definitions: Pick<Definitions, 'sinkByTokenHash' | 'sinkById' | 'freshSinkById'>;
  accessTokens: Pick<AccessTokens, 'read'>;
  logger: Logger;
}): AuthenticateToken {
  const { db, clock, definitions, accessTokens, logger } = deps;
  let known = new Map<string, Entry>();
  const lastUsed = new Map<string, number>();

  async function apiToken(token: string): Promise<ApiTokenPrincipal | null> {
    const found = await look(hashToken(token));
    if (found?.suspended != null) throw tenantSuspended(found.suspended);
    return found?.principal ?? null;
  }

  async function look(tokenHash: Buffer): Promise<Found | null> {
    const now = clock.monotonic();
    const key = tokenHash.toString('base64');
    const entry = known.get(key);
    if (entry && entry.until > now) return entry.found;
    // What was found before everything was forgotten goes into the map that is forgotten.
    const entries = known;
    const found = await find(tokenHash);
    entries.delete(key);
    entries.set(key, { until: now + tokenCacheMs, found });
    const [oldest] = entries.keys();
    if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    if (found) noteUse(found.principal);
    return found;
  }

  /** The token says which tenant it is for, so none is known yet. */
  async function find(tokenHash: Buffer): Promise<Found | null> {
    const em = db.systemEm();
    const row = await em.findOne(ApiToken, { tokenHash, revokedAt: null });
    if (!row || (row.expiresAt && row.expiresAt.getTime() <= clock.now())) return null;
    const { name, suspendedAt } = await em.findOneOrFail(Tenant, { id: row.tenantId });
    const scopes = row.scopes ? (row.scopes.split(' ') as Permission[]) : null;
    const principal: ApiTokenPrincipal = {
      kind: 'apiToken',
      tenantId: row.tenantId,
      tokenId: row.id,
      name: row.name,
      scopes,
      sourceId: row.sourceId ?? null,
    };
    return { principal, suspended: suspendedAt ? name : null };
  }

  /** Not waited for: when a token was last used is for people to read, and no reason to fail a call. */
  function noteUse({ tenantId, tokenId }: ApiTokenPrincipal): void {
    const now = clock.monotonic();
    if ((lastUsed.get(tokenId) ?? Number.NEGATIVE_INFINITY) + lastUsedEveryMs > now) return;
    lastUsed.set(tokenId, now);
    db.tenantEm(tenantId)
      .nativeUpdate(ApiToken, { id: tokenId }, { lastUsedAt: new Date(clock.now()) })
      .catch((error: unknown) => logger.warn({ err: error, tokenId }, 'token_use.unwritten'));
  }

  async function sinkToken(token: string): Promise<SinkIdentity | null> {
    return letIn(await definitions.sinkByTokenHash(hashToken(token)));
  }

  /**
   * The seal is checked before anything is looked up; the key that it names must be the sink's present one. Which that is may
   * have changed on another hub a moment ago, so nobody whose seal is good is refused by what this hub remembers.
   */
  async function accessToken(token: string): Promise<SinkIdentity | null> {
    const claim = accessTokens.read(token);
    if (!claim) return null;
    const { tenantId, sinkId, keyPrint } = claim;
    const isProved = (sink: KnownSink | null) => sink?.signKey && keyPrintOf(sink.signKey).equals(keyPrint);
    const remembered = await definitions.sinkById(tenantId, sinkId);
    if (isProved(remembered)) return letIn(remembered);
    const found = await definitions.freshSinkById(tenantId, sinkId);
    return letIn(isProved(found) ? found : null);
  }

  function letIn(found: KnownSink | null): SinkIdentity | null {
    if (found?.suspended) throw tenantSuspended(found.tenantName);
    return found?.sink ?? null;
  }

  async function authenticate(token: string): Promise<ApiTokenPrincipal | SinkIdentity | null> {
    if (token.startsWith(tokenPrefixes.apiToken)) return apiToken(token);
    if (token.startsWith(tokenPrefixes.sinkAccess)) return accessToken(token);
    return token.startsWith(tokenPrefixes.sink) ? sinkToken(token) : null;
  }

  return Object.assign(authenticate, {
    forgetAll() {
      known = new Map();
    },
  });
}
