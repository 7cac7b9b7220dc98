import { type Id, newId } from '@nexomatic/contracts/id';
import { type CreatedJoinToken, type CreateJoinToken, joinTokenMinutes } from '@nexomatic/contracts/join-token-api';
import { JoinToken } from '@nexomatic/db/entities/join-token';
import { recordAudit } from '../../audit/record-audit.ts';
import type { Actor } from '../../auth/actor.ts';
import { hashToken, newToken } from '../../auth/tokens.ts';
import { changeDefinition, type DefinitionDeps } from '../../definitions/change-definition.ts';
import { findSinkType } from '../../sink-types/read-sink-types.ts';
import { joinTokenBodyOf, showJoinTokens } from './read-join-tokens.ts';

/** Makes a join token. The answer alone holds it: what is stored lets nobody in. */
export function createJoinToken(
  deps: DefinitionDeps & { env: { publicUrl: string } },
  tenantId: Id<'tenant'>,
  { actor, userId }: { actor: Actor; userId: Id<'user'> | null },
  { sinkTypeId, uses, name, labels }: CreateJoinToken,
): Promise<CreatedJoinToken> {
  const { clock, env } = deps;
  const value = newToken('join');
  return changeDefinition(deps, tenantId, async (em) => {
    await findSinkType(em, sinkTypeId);
    const now = clock.now();
    const row = em.create(JoinToken, {
      tenantId,
      id: newId('joinToken'),
      tokenHash: hashToken(value),
      hint: value.slice(-4),
      sinkTypeId,
      name: name ?? null,
      labels: Object.keys(labels).length > 0 ? JSON.stringify(labels) : null,
      uses,
      usesLeft: uses,
      createdAt: new Date(now),
      expiresAt: new Date(now + joinTokenMinutes * 60_000),
      createdBy: userId,
    });
    em.persist(row);
    const [shown] = await showJoinTokens(em, clock, [row]);
    if (!shown) throw new Error('one join token was to be shown');
    const object = { kind: 'join_token' as const, id: row.id, name: `…${row.hint}` };
    const after = joinTokenBodyOf(shown);
    recordAudit(em, tenantId, actor, { action: 'join_token.created', object, before: null, after });
    await em.flush();
    return { ...shown, value, url: `${env.publicUrl}/join/${value}` };
  });
}
