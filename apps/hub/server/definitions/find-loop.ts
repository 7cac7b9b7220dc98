import type { Id } from '@nexomatic/contracts/id';
import { Action } from '@nexomatic/db/entities/action';
import { EventType } from '@nexomatic/db/entities/event-type';
import type { EntityManager } from '@nexomatic/db/query';

/** An event type in the graph of what fires what. */
export interface ChainNode {
  id: Id<'eventType'>;
  name: string;
  actionId: Id<'action'>;
  onSuccessId: Id<'eventType'> | null;
  onFailureId: Id<'eventType'> | null;
}

/** Every event type of the tenant with what follows on it. */
export async function chainGraph(em: EntityManager): Promise<ChainNode[]> {
  const types = await em.find(EventType, {}, { fields: ['id', 'name', 'actionId'] });
  const actions = await em.find(Action, {}, { fields: ['id', 'onSuccessId', 'onFailureId'] });
  const byId = new Map(actions.map((action) => [action.id, action]));
  return types.map(({ id, name, actionId }) => {
    const action = byId.get(actionId);
    return { id, name, actionId, onSuccessId: action?.onSuccessId ?? null, onFailureId: action?.onFailureId ?? null };
  });
}

/** Names along the shortest way from an event type back to itself; null when its chain ends. */
export function findLoop(graph: ChainNode[], start: Id<'eventType'>): string[] | null {
  const nodes = new Map(graph.map((node) => [node.id, node]));
  const cameFrom = new Map<Id<'eventType'>, Id<'eventType'>>();
  const queue = [start];
  for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
    const node = nodes.get(id);
    for (const next of [node?.onSuccessId, node?.onFailureId]) {
      if (!next) continue;
      if (next === start) return wayTo(id);
      if (!nodes.has(next) || cameFrom.has(next)) continue;
      cameFrom.set(next, id);
      queue.push(next);
    }
  }
  return null;

  function wayTo(end: Id<'eventType'>): string[] {
    const way: Id<'eventType'>[] = [start];
    for (let id: Id<'eventType'> | undefined = end; id !== undefined && id !== start; id = cameFrom.get(id)) {
      way.unshift(id);
    }
    return [start, ...way].map((id) => nodes.get(id)?.name ?? id);
  }
}
