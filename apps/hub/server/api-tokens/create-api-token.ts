import type { Clock } from '@nexomatic/clock';
import type { ApiTokenSummary, CreateApiToken } from '@nexomatic/contracts/api-token-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import { type Permission, permissionTable } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { apiTokenBody, showApiTokens } from './show-api-token.ts';

const dayMs = 24 * 3_600_000;

/** Makes a token. The answer alone holds it: what is stored opens nothing. `holds`: what whoever asks may do themselves. */
export async function createApiToken(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: Id<'tenant'>,
  { actor, userId, holds }: { actor: Actor; userId: Id<'user'>; holds: (permission: Permission) => boolean },
  { name, scopes, expiresInDays }: CreateApiToken,
): Promise<ApiTokenSummary & { value: string }> {
  checkScopes(scopes, holds);
  const value = newToken('apiToken');
  const now = clock.now();
  return db.tenantEm(tenantId).transactional(async (em) => {
    const row = em.create(ApiToken, {
      tenantId,
      id: newId('apiToken'),
      name,
      tokenHash: hashToken(value),
      hint: value.slice(-4),
      scopes: scopes && [...new Set(scopes)].join(' '),
      expiresAt: expiresInDays === null ? null : new Date(now + expiresInDays * dayMs),
      createdBy: userId,
    });
    em.persist(row);
    const object = { kind: 'api_token' as const, id: row.id, name };
    recordAudit(em, tenantId, actor, { action: 'api_token.created', object, before: null, after: apiTokenBody(row) });
    await em.flush();
    const [shown] = await showApiTokens(em, [row], now);
    if (!shown) throw new Error('one token was to be shown');
    return { ...shown, value };
  });
}

/** A token can do what programs may, and never more than whoever made it. */
function checkScopes(scopes: Permission[] | null, holds: (permission: Permission) => boolean): void {
  const errors = (scopes ?? permissionTable.apiToken).flatMap((scope, i) => {
    const path = scopes ? `scopes[${i}]` : 'scopes';
    if (!permissionTable.apiToken.includes(scope)) return [{ path, message: `no program may hold ${scope}` }];
    return holds(scope) ? [] : [{ path, message: `you do not hold ${scope} yourself` }];
  });
  if (errors.length > 0) throw new NexomaticError('unprocessable', 'The token can not be given that.', { errors });
}
