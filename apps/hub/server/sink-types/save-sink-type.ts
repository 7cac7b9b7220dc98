import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, newId } from '@nexomatic/contracts/id';
import type { CreateSinkType, SinkTypeSummary, UpdateSinkType } from '@nexomatic/contracts/sink-type-api';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { recordAudit } from '../audit/record-audit.ts';
import type { Actor } from '../auth/actor.ts';
import { changeDefinition, type DefinitionDeps, expectVersion } from '../definitions/change-definition.ts';
import { findSinkType, showSinkType, sinkTypeBodyOf } from './read-sink-types.ts';

/** Makes a sink type. Its events wait until a sink of it is there. */
export function createSinkType(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  input: CreateSinkType,
): Promise<SinkTypeSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = em.create(SinkType, { tenantId, id: newId('sinkType'), ...input });
    await em.persist(row).flush();
    const object = { kind: 'sink_type' as const, id: row.id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'sink_type.created', object, before: null, after: sinkTypeBodyOf(row) });
    await em.flush();
    return showSinkType(em, row);
  });
}

/** Makes a sink type what the input says. */
export function updateSinkType(
  deps: DefinitionDeps,
  tenantId: Id<'tenant'>,
  actor: Actor,
  { id, version, ...fields }: UpdateSinkType,
): Promise<SinkTypeSummary> {
  return changeDefinition(deps, tenantId, async (em) => {
    const row = await findSinkType(em, id);
    expectVersion(row, version);
    if (fields.name !== row.name || fields.runtime !== row.runtime) await expectNoSinks(em, row);
    const before = sinkTypeBodyOf(row);
    em.assign(row, fields);
    const object = { kind: 'sink_type' as const, id, name: row.name };
    recordAudit(em, tenantId, actor, { action: 'sink_type.updated', object, before, after: sinkTypeBodyOf(row) });
    await em.flush();
    return showSinkType(em, row);
  });
}

/** The queue that sinks take from bears the name of their type, and a sink learns it when it starts. */
async function expectNoSinks(em: EntityManager, { id }: SinkType): Promise<void> {
  const sinks = await em.find(Sink, { sinkTypeId: id }, { fields: ['id', 'name'], orderBy: { name: 'asc' } });
  if (sinks.length === 0) return;
  const references = sinks.map((sink) => ({ id: sink.id, name: sink.name, how: 'is of this type' }));
  const detail = 'Name and runtime are fixed while there are sinks of the type; make another type instead.';
  throw new NexomaticError('in_use', detail, { references });
}
