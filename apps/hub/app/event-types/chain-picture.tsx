import type { EventTypeChain } from '@nexomatic/contracts/event-type-api';
import { lazy, Suspense, useEffect, useState } from 'react';
import { Name } from './event-type-overview.tsx';

const ChainGraph = lazy(() => import('./chain-graph.tsx').then((module) => ({ default: module.ChainGraph })));

interface ChainPictureProps {
  chain: EventTypeChain;
  current: string;
}

/** What leads to an event type and what follows on it: as a picture, and as a list that says the same in words. */
export function ChainPicture({ chain, current }: ChainPictureProps) {
  const [running, setRunning] = useState(false);
  useEffect(() => setRunning(true), []);
  const alone = chain.edges.length === 0 && chain.nodes.every(({ firedBy }) => firedBy.length === 0);
  return (
    <section className="card panel" aria-labelledby="chain-title">
      <h2 id="chain-title">Chain</h2>
      {alone ? (
        <p className="text-muted text-sm">Nothing leads here by itself, and nothing follows.</p>
      ) : (
        <>
          <div className="chain-graph" aria-hidden="true">
            {running ? (
              <Suspense fallback={null}>
                <ChainGraph chain={chain} current={current} />
              </Suspense>
            ) : null}
          </div>
          <details className="chain-words">
            <summary>The same in words</summary>
            <ChainWords chain={chain} current={current} />
          </details>
        </>
      )}
      {chain.truncated ? <p className="text-muted text-sm">The nearest {chain.nodes.length} are shown.</p> : null}
    </section>
  );
}

function ChainWords({ chain: { nodes, edges }, current }: ChainPictureProps) {
  const nameOf = new Map(nodes.map(({ id, name }) => [id, name]));
  return (
    <ul className="ref-list">
      {nodes.map(({ id, name, enabled, firedBy }) => (
        <li key={id}>
          {id === current ? <strong>{name} (this one)</strong> : <Name of={{ id, name }} />}
          {enabled ? null : <span className="text-muted"> (disabled)</span>}
          {firedBy.map((source) => (
            <span key={source.id} className="text-muted">
              , fired by {source.name}
            </span>
          ))}
          {edges
            .filter(({ from }) => from === id)
            .map(({ to, edge }) => (
              <span key={edge} className="text-muted">
                , on {edge} fires {nameOf.get(to)}
              </span>
            ))}
        </li>
      ))}
    </ul>
  );
}
