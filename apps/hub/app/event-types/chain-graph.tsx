import type { EventTypeChain } from '@nexomatic/contracts/event-type-api';
import { useNavigate, useParams } from '@remix-run/react';
import { type Edge, Handle, MarkerType, type Node, type NodeProps, Position, ReactFlow } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { useMemo } from 'react';
import { objectPath } from '../frame/objects.ts';
import { boxSize, layGraph } from './lay-graph.ts';

type BoxNode = Node<{ name: string; note: string; kind: 'type' | 'source'; current: boolean }, 'box'>;

const nodeTypes = { box: BoxView };
const colors = { success: 'var(--color-success)', failure: 'var(--color-error)', fires: 'var(--color-faint)' } as const;
const words = { success: 'on success', failure: 'on failure', fires: '' } as const;

/** The picture of a chain. A click opens the event type; everything in it is said by the list beside it as well. */
export function ChainGraph({ chain, current }: { chain: EventTypeChain; current: string }) {
  const { tenant = '' } = useParams();
  const navigate = useNavigate();
  const { nodes, edges } = useMemo(() => toFlow(chain, current), [chain, current]);
  return (
    <ReactFlow
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      onNodeClick={(_, { id }) => {
        const path = objectPath(tenant, id);
        if (path && id !== current) navigate(path);
      }}
      fitView
      fitViewOptions={{ maxZoom: 1, padding: 0.1 }}
      minZoom={0.2}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      preventScrolling={false}
      zoomOnScroll={false}
      disableKeyboardA11y
      proOptions={{ hideAttribution: true }}
    />
  );
}

function toFlow(chain: EventTypeChain, current: string): { nodes: BoxNode[]; edges: Edge[] } {
  const { boxes, arrows } = layGraph(chain);
  return {
    nodes: boxes.map(({ id, kind, name, note, x, y }) => ({
      ...{ id, type: 'box', position: { x, y }, ...boxSize },
      data: { name, note, kind, current: id === current },
    })),
    edges: arrows.map(({ id, from, to, kind }) => ({
      ...{ id, source: from, target: to, label: words[kind], className: `arrow-${kind}` },
      markerEnd: { type: MarkerType.ArrowClosed, width: 16, height: 16, color: colors[kind] },
    })),
  };
}

function BoxView({ data: { name, note, kind, current } }: NodeProps<BoxNode>) {
  return (
    <div className="chain-box" data-kind={kind} data-current={current || undefined}>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      <span className="chain-box-name">{name}</span>
      <span className="chain-box-note">{note}</span>
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </div>
  );
}
