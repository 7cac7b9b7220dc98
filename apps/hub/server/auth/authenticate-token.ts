import type { Clock } from '@nexomatic/clock';
import type { Permission } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { Tenant } from '@nexomatic/db/entities/tenant';
import type { Logger } from '@nexomatic/logger';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import type { Definitions } from '../definitions/definitions.ts';
import type { ApiTokenPrincipal } from './principal.ts';
import { hashToken, tokenPrefixes } from './tokens.ts';

/** Longest time, in milliseconds, that a revoked API token may still be taken. */
export const tokenCacheMs = 5_000;
const lastUsedEveryMs = 60_000;
/** Guessed tokens cost an entry each; the oldest goes first. */
const maxEntries = 10_000;

export type AuthenticateToken = (token: string) => Promise<ApiTokenPrincipal | SinkIdentity | null>;

interface Entry {
  until: number;
  principal: ApiTokenPrincipal | null;
}

/** Who holds a bearer token. The answer is remembered for a moment, because agents and programs call many times a second. */
export function createAuthenticateToken(deps: {
  db: Database;
  clock: Clock;
  definitions: Pick<Definitions, 'sinkByTokenHash'>;
  logger: Logger;
}): AuthenticateToken {
  const { db, clock, definitions, logger } = deps;
  const known = new Map<string, Entry>();
  const lastUsed = new Map<string, number>();

  async function apiToken(token: string): Promise<ApiTokenPrincipal | null> {
    const now = clock.monotonic();
    const tokenHash = hashToken(token);
    const key = tokenHash.toString('base64');
    const entry = known.get(key);
    if (entry && entry.until > now) return entry.principal;
    // The token says which tenant it is for, so none is known yet.
    const principal = await findPrincipal(tokenHash);
    known.delete(key);
    known.set(key, { until: now + tokenCacheMs, principal });
    const [oldest] = known.keys();
    if (known.size > maxEntries && oldest !== undefined) known.delete(oldest);
    if (principal) noteUse(principal);
    return principal;
  }

  async function findPrincipal(tokenHash: Buffer): Promise<ApiTokenPrincipal | null> {
    const em = db.systemEm();
    const row = await em.findOne(ApiToken, { tokenHash, revokedAt: null });
    if (!row || (row.expiresAt && row.expiresAt.getTime() <= clock.now())) return null;
    if ((await em.count(Tenant, { id: row.tenantId, suspendedAt: null })) === 0) return null;
    const scopes = row.scopes ? (row.scopes.split(' ') as Permission[]) : null;
    return { kind: 'apiToken', tenantId: row.tenantId, tokenId: row.id, name: row.name, scopes };
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

  return async (token) => {
    if (token.startsWith(tokenPrefixes.apiToken)) return apiToken(token);
    if (!token.startsWith(tokenPrefixes.sink)) return null;
    return definitions.sinkByTokenHash(hashToken(token));
  };
}
