import type { ApiTokenSummary } from '@nexomatic/contracts/api-token-api';
import type { Permission } from '@nexomatic/contracts/permission';
import type { ApiToken } from '@nexomatic/db/entities/api-token';
import { Source } from '@nexomatic/db/entities/source';
import { User } from '@nexomatic/db/entities/user';
import type { EntityManager } from '@nexomatic/db/query';

/** Tokens as people see them: everything but the token itself, which nobody can. */
export async function showApiTokens(em: EntityManager, rows: ApiToken[], now: number): Promise<ApiTokenSummary[]> {
  const makers = rows.flatMap(({ createdBy }) => createdBy ?? []);
  const users = await em.find(User, { id: { $in: makers } }, { fields: ['id', 'name', 'email'] });
  const sourceIds = rows.flatMap(({ sourceId }) => sourceId ?? []);
  const sources = await em.find(Source, { id: { $in: sourceIds } }, { fields: ['id', 'name'] });
  return rows.map((row) => {
    const source = sources.find(({ id }) => id === row.sourceId);
    const maker = users.find(({ id }) => id === row.createdBy);
    return {
      id: row.id,
      name: row.name,
      hint: row.hint,
      scopes: scopesOf(row),
      state: stateOf(row, now),
      createdAt: row.createdAt.toISOString(),
      expiresAt: row.expiresAt?.toISOString() ?? null,
      revokedAt: row.revokedAt?.toISOString() ?? null,
      lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
      source: source ? { id: source.id, name: source.name } : null,
      createdBy: maker ? { id: maker.id, name: maker.name || maker.email } : null,
    };
  });
}

/** The part that the audit log keeps. */
export const apiTokenBody = (row: ApiToken) => ({
  name: row.name,
  scopes: scopesOf(row),
  expiresAt: row.expiresAt?.toISOString() ?? null,
  ...(row.sourceId ? { source: row.sourceId } : {}),
});

const scopesOf = ({ scopes }: ApiToken): Permission[] | null => (scopes ? (scopes.split(' ') as Permission[]) : null);

function stateOf({ revokedAt, expiresAt }: ApiToken, now: number): ApiTokenSummary['state'] {
  if (revokedAt) return 'revoked';
  return expiresAt && expiresAt.getTime() <= now ? 'expired' : 'active';
}
