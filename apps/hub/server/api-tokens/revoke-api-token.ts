import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { ApiToken } from '@nexomatic/db/entities/api-token';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import type { AuthenticateToken } from '../auth/authenticate-token.ts';
import { apiTokenBody } from './show-api-token.ts';

interface Deps {
  db: Database;
  clock: Clock;
  authenticateToken: Pick<AuthenticateToken, 'forgetAll'>;
}

/** Ends a token: at once in this hub, within `tokenCacheMs` in others. One that was revoked before stays as it is. */
export async function revokeApiToken(
  { db, clock, authenticateToken }: Deps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'apiToken'>,
): Promise<void> {
  await db.tenantEm(tenantId).transactional(async (em) => {
    const row = await em.findOne(ApiToken, { id });
    if (!row) throw new NexomaticError('not_found', `There is no API token ${id} here.`);
    if ((await em.nativeUpdate(ApiToken, { id, revokedAt: null }, { revokedAt: new Date(clock.now()) })) === 0) return;
    const object = { kind: 'api_token' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'api_token.revoked', object, before: apiTokenBody(row), after: null });
    await em.flush();
  });
  authenticateToken.forgetAll();
}
