import type { Id } from '@nexomatic/contracts/id';
import type { Secret } from '@nexomatic/db/entities/secret';
import { Sink } from '@nexomatic/db/entities/sink';
import type { EntityManager } from '@nexomatic/db/query';
import { grantedSinks } from './granted-sinks.ts';

/** Sinks of these types that are let in and do not have the value of an end-to-end secret, by name: on them its events end as errors. */
export async function sinksWithout(
  em: EntityManager,
  { id, endToEnd }: Secret,
  sinkTypeIds: Id<'sinkType'>[],
): Promise<string[]> {
  if (!endToEnd) return [];
  const granted = (await grantedSinks(em, [id])).get(id) ?? [];
  const ready = new Set(granted.flatMap((sink) => (sink.state === 'ready' ? sink.id : [])));
  const letIn = { $or: [{ signKey: { $ne: null } }, { tokenHash: { $ne: null } }] };
  const where = { sinkTypeId: { $in: sinkTypeIds }, ...letIn };
  const sinks = await em.find(Sink, where, { fields: ['id', 'name'], orderBy: { name: 'asc' } });
  return sinks.flatMap((sink) => (ready.has(sink.id) ? [] : sink.name));
}
