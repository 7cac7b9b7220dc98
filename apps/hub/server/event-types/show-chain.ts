import type { EventTypeChain } from '@nexomatic/contracts/event-type-api';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import type { EntityManager } from '@nexomatic/db/query';
import { type ChainNode, chainGraph } from '../definitions/find-loop.ts';
import { firedFromOutside } from './fired-by.ts';
import { findEventType } from './read-event-types.ts';

/** What a picture can hold. */
const maxNodes = 60;

/** All that can lead to an event type and all that can follow on it, nearest first. */
export async function showChain(
  { db }: { db: Database },
  tenantId: Id<'tenant'>,
  id: Id<'eventType'>,
): Promise<EventTypeChain> {
  const em = db.tenantEm(tenantId);
  await findEventType(em, id);
  const graph = await chainGraph(em);
  const down = reach(graph, id, (edge) => [edge.from, edge.to]);
  const up = reach(graph, id, (edge) => [edge.to, edge.from]);
  const every = [...new Set([id, ...interleave(up, down)])];
  const shown = new Set(every.slice(0, maxNodes));
  return {
    nodes: await describe(
      em,
      graph.filter((node) => shown.has(node.id)),
    ),
    edges: edgesOf(graph).filter(({ from, to }) => shown.has(from) && shown.has(to)),
    truncated: every.length > shown.size,
  };
}

type Edge = EventTypeChain['edges'][number];

const edgesOf = (graph: ChainNode[]): Edge[] =>
  graph.flatMap(({ id, onSuccessId, onFailureId }) => [
    ...(onSuccessId ? [{ from: id, to: onSuccessId, edge: 'success' as const }] : []),
    ...(onFailureId ? [{ from: id, to: onFailureId, edge: 'failure' as const }] : []),
  ]);

/** Event types that can be reached along the edges in one direction, nearest first, without the start. */
function reach(
  graph: ChainNode[],
  start: Id<'eventType'>,
  direction: (edge: Edge) => [Id<'eventType'>, Id<'eventType'>],
): Id<'eventType'>[] {
  const next = Map.groupBy(edgesOf(graph).map(direction), ([from]) => from);
  const seen = new Set([start]);
  // A set is walked in the order in which it was filled, also by what is added meanwhile.
  for (const id of seen) for (const [, to] of next.get(id) ?? []) seen.add(to);
  seen.delete(start);
  return [...seen];
}

const interleave = <T>(a: T[], b: T[]): T[] =>
  Array.from({ length: Math.max(a.length, b.length) }, (_, i) => [a.slice(i, i + 1), b.slice(i, i + 1)].flat()).flat();

async function describe(em: EntityManager, nodes: ChainNode[]): Promise<EventTypeChain['nodes']> {
  const ids = nodes.map((node) => node.id);
  const types = await em.find(EventType, { id: { $in: ids } }, { fields: ['id', 'name', 'enabled', 'sinkTypeId'] });
  const actionIds = nodes.map((node) => node.actionId);
  const actions = new Map(
    (await em.find(Action, { id: { $in: actionIds } }, { fields: ['id', 'name'] })).map(({ id, name }) => [id, name]),
  );
  const sinkTypes = new Map(
    (await em.find(SinkType, {}, { fields: ['id', 'name'] })).map(({ id, name }) => [id, name]),
  );
  const outside = await firedFromOutside(em, ids);
  const actionOf = new Map(nodes.map((node) => [node.id, node.actionId]));
  return types.flatMap(({ id, name, enabled, sinkTypeId }) => {
    const actionId = actionOf.get(id);
    if (!actionId) return [];
    return [
      {
        ...{ id, name, enabled },
        action: { id: actionId, name: actions.get(actionId) ?? actionId },
        sinkType: { id: sinkTypeId, name: sinkTypes.get(sinkTypeId) ?? sinkTypeId },
        firedBy: outside.get(id) ?? [],
      },
    ];
  });
}
