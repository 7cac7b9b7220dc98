import type { Id } from '@nexomatic/contracts/id';
import { JoinToken } from '@nexomatic/db/entities/join-token';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { findJoinToken } from './read-join-tokens.ts';

/** Takes a join token back. Sinks that joined with it stay; one that was revoked before stays as it is. */
export function revokeJoinToken(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'joinToken'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const { hint } = await findJoinToken(em, id);
    const revokedAt = new Date(deps.clock.now());
    if ((await em.nativeUpdate(JoinToken, { id, revokedAt: null }, { revokedAt })) === 0) return;
    const object = { kind: 'join_token' as const, id, name: `…${hint}` };
    recordAudit(em, tenantId, actor, { action: 'join_token.revoked', object, before: { hint }, after: null });
    await em.flush();
  });
}
