import type { Clock } from '@nexomatic/clock';
import type { ApiTokenSummary, CreateApiToken } from '@nexomatic/contracts/api-token-api';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import { type Permission, permissionTable } from '@nexomatic/contracts/permission';
import type { Database } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { expectOwn, findSource } from '../sources/read-sources.ts';
import { apiTokenBody, showApiTokens } from './show-api-token.ts';

const dayMs = 24 * 3_600_000;

/** Makes a token. The answer alone holds it: what is stored opens nothing. `holds`: what whoever asks may do themselves. */
export async function createApiToken(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: Id<'tenant'>,
  { actor, userId, holds }: { actor: Actor; userId: Id<'user'>; holds: (permission: Permission) => boolean },
  { name, scopes: asked, expiresInDays, source }: CreateApiToken,
): Promise<ApiTokenSummary & { value: string }> {
  const scopes: Permission[] | null = source ? [...sourceScopes] : asked;
  if (source && asked) checkSourceScopes(asked);
  checkScopes(scopes, holds);
  const value = newToken('apiToken');
  const now = clock.now();
  return db.tenantEm(tenantId).transactional(async (em) => {
    if (source) await checkSource(em, source);
    const row = em.create(ApiToken, {
      tenantId,
      id: newId('apiToken'),
      name,
      tokenHash: hashToken(value),
      hint: value.slice(-4),
      scopes: scopes && [...new Set(scopes)].join(' '),
      expiresAt: expiresInDays === null ? null : new Date(now + expiresInDays * dayMs),
      createdBy: userId,
      sourceId: source ?? null,
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

/** All that the credential of a source may do. */
const sourceScopes: readonly Permission[] = ['events.fire'];

function checkSourceScopes(scopes: Permission[]): void {
  const errors = scopes.flatMap((scope, i) =>
    sourceScopes.includes(scope)
      ? []
      : [{ path: `scopes[${i}]`, message: 'a source may fire events and nothing else' }],
  );
  if (errors.length > 0) throw new NexomaticError('unprocessable', 'The token can not be given that.', { errors });
}

async function checkSource(em: EntityManager, id: Id<'source'>): Promise<void> {
  const row = await findSource(em, id);
  expectOwn(row);
  if (row.kind === 'CUSTOM') return;
  const errors = [{ path: 'source', message: 'not a source of kind CUSTOM' }];
  throw new NexomaticError('unprocessable', `A source of kind ${row.kind} fires with no token.`, { errors });
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
