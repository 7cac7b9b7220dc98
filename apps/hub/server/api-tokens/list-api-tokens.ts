import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { showApiTokens } from './show-api-token.ts';

/** How long a token that opens nothing any more stays in the list. */
const rememberedMs = 90 * 24 * 3_600_000;

/** A page of a tenant's tokens, newest first. */
export async function listApiTokens(
  { db, clock }: { db: Database; clock: Clock },
  tenantId: Id<'tenant'>,
  { limit, cursor, source }: { limit: number; cursor?: Id<'apiToken'> | undefined; source?: Id<'source'> | undefined },
) {
  const em = db.tenantEm(tenantId);
  const oldest = new Date(clock.now() - rememberedMs);
  const listed = [
    { $or: [{ revokedAt: null }, { revokedAt: { $gt: oldest } }] },
    { $or: [{ expiresAt: null }, { expiresAt: { $gt: oldest } }] },
  ];
  const asked = [...(cursor ? [{ id: { $lt: cursor } }] : []), ...(source ? [{ sourceId: source }] : [])];
  const where = { $and: [...listed, ...asked] };
  const rows = await em.find(ApiToken, where, { orderBy: { id: 'desc' }, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return {
    tokens: await showApiTokens(em, page, clock.now()),
    nextCursor: rows.length > limit ? (page.at(-1)?.id ?? null) : null,
  };
}
