import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import { EventType } from '@nexomatic/db/entities/event-type';
import { Sink } from '@nexomatic/db/entities/sink';
import { hasOpenEvents } from '@nexomatic/db/ledger/sinks';
import type { EntityManager } from '@nexomatic/db/query';
import type { Sql } from '@nexomatic/db/sql';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps } from '../definitions/change-definition.ts';
import { findSinkType, sinkTypeBodyOf } from './read-sink-types.ts';

/** Deletes a sink type that no event type names, no sink is of, and no event waits for. */
export function deleteSinkType(
  deps: DefinitionDeps & { sql: Sql },
  tenantId: Id<'tenant'>,
  actor: Actor,
  id: Id<'sinkType'>,
): Promise<void> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSinkType(em, id);
    const references = await referencesTo(em, id);
    if (references.length > 0) {
      throw new NexomaticError('in_use', `${references.length} others refer to the sink type ${row.name}.`, {
        references,
      });
    }
    if (await hasOpenEvents(deps.sql, tenantId, id)) {
      const detail = `Events that were fired earlier still wait for a sink of type ${row.name}; cancel them first.`;
      throw new NexomaticError('in_use', detail, { references: [] });
    }
    const object = { kind: 'sink_type' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'sink_type.deleted', object, before: sinkTypeBodyOf(row), after: null });
    await em.remove(row).flush();
  });
}

async function referencesTo(em: EntityManager, sinkTypeId: Id<'sinkType'>) {
  const options = { fields: ['id', 'name'] as const, orderBy: { name: 'asc' as const } };
  const eventTypes = await em.find(EventType, { sinkTypeId }, options);
  const sinks = await em.find(Sink, { sinkTypeId }, options);
  return [
    ...eventTypes.map(({ id, name }) => ({ id, name, how: 'runs on it' })),
    ...sinks.map(({ id, name }) => ({ id, name, how: 'is of this type' })),
  ];
}
