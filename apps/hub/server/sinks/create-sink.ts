import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreatedSink, CreateSink } from '@nexomatic/contracts/sink-api';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import type { Redis } from '@nexomatic/queue/connection';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { hashToken, newToken } from '../auth/tokens.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findSinkType } from '../sink-types/read-sink-types.ts';
import { showSink, sinkBodyOf } from './read-sinks.ts';

/**
 * Makes a sink that is let in by a standing token, for agents that have no place to keep keys of their own. The answer alone
 * holds the token: what is stored lets nobody in. The name of a revoked sink brings that one back, with its history.
 */
export function createSink(
  deps: DefinitionDeps & { sql: Sql; redis: Redis },
  tenantId: Id<'tenant'>,
  actor: Actor,
  { sinkTypeId, name, description, labels }: CreateSink,
): Promise<CreatedSink> {
  const token = newToken('sink');
  return changeDefinition(deps, tenantId, async (em) => {
    const type = await findSinkType(em, sinkTypeId);
    const row = await placeNamed(em, tenantId, { sinkTypeId, name });
    em.assign(row, {
      description,
      tokenHash: hashToken(token),
      labels: Object.keys(labels).length > 0 ? JSON.stringify(labels) : null,
    });
    await em.persist(row).flush();
    const object = { kind: 'sink' as const, id: row.id, name };
    const after = { ...sinkBodyOf(row), type: type.name, labels, credential: 'token' };
    recordAudit(em, tenantId, actor, { action: 'sink.created', object, before: null, after });
    await em.flush();
    return { ...(await showSink(deps, em, row)), token };
  });
}

async function placeNamed(
  em: EntityManager,
  tenantId: Id<'tenant'>,
  { sinkTypeId, name }: Pick<CreateSink, 'sinkTypeId' | 'name'>,
): Promise<Sink> {
  const holder = await em.findOne(Sink, { name });
  // How many it runs at once, it says itself when it starts.
  if (!holder) return em.create(Sink, { tenantId, id: newId('sink'), name, sinkTypeId, slots: 1 });
  if (!holder.signKey && !holder.tokenHash && holder.sinkTypeId === sinkTypeId) return holder;
  throw new NexomaticError('conflict', `There is a sink ${name} already; revoke it first, or give another name.`, {
    errors: [{ path: 'name', message: 'another sink has this name already' }],
  });
}
