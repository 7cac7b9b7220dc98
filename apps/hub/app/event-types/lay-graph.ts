import { graphlib, layout } from '@dagrejs/dagre';
import type { EventTypeChain } from '@nexomatic/contracts/event-type-api';

/** A box of the picture: an event type, or a source or schedule that fires one. */
export interface Box {
  id: string;
  kind: 'type' | 'source';
  name: string;
  note: string;
  x: number;
  y: number;
}

export interface Arrow {
  id: string;
  from: string;
  to: string;
  kind: 'success' | 'failure' | 'fires';
}

export const boxSize = { width: 190, height: 52 };

/** Places the chain from left to right in the order in which things fire each other. */
export function layGraph({ nodes, edges }: EventTypeChain): { boxes: Box[]; arrows: Arrow[] } {
  const sources = new Map(nodes.flatMap(({ firedBy }) => firedBy.map((source) => [source.id, source] as const)));
  const arrows: Arrow[] = [
    ...nodes.flatMap(({ id, firedBy }) =>
      firedBy.map((source): Arrow => ({ id: `${source.id} ${id}`, from: source.id, to: id, kind: 'fires' })),
    ),
    ...edges.map(({ from, to, edge }): Arrow => ({ id: `${from} ${to} ${edge}`, from, to, kind: edge })),
  ];
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'LR', nodesep: 18, ranksep: 110, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const id of [...sources.keys(), ...nodes.map(({ id }) => id)]) graph.setNode(id, { ...boxSize });
  for (const { id, from, to } of arrows) graph.setEdge(from, to, {}, id);
  layout(graph);
  const placeOf = (id: string) => {
    const { x, y } = graph.node(id);
    return { x: x - boxSize.width / 2, y: y - boxSize.height / 2 };
  };
  return {
    boxes: [
      ...[...sources.values()].map(
        ({ id, name, how = '' }): Box => ({ id, kind: 'source', name, note: how, ...placeOf(id) }),
      ),
      ...nodes.map(
        ({ id, name, enabled, action }): Box => ({
          ...{ id, kind: 'type', name },
          note: enabled ? action.name : 'disabled',
          ...placeOf(id),
        }),
      ),
    ],
    arrows,
  };
}
