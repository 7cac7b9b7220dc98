import type { InstanceEdge } from '@nexomatic/contracts/instance-api';
import { Link } from '@remix-run/react';
import { Badge } from '../components/badge.tsx';
import { CircleCheck, CircleX } from '../components/icons.ts';
import { objectPath } from '../frame/objects.ts';
import { TimeText } from '../time/time-text.tsx';

/** How the edge stands, and whose requests it holds for the hub. */
export function HeldAtEdge({ edge }: { edge: InstanceEdge }) {
  if (edge.state === 'none') {
    return <p className="text-muted text-sm">No edge stands in front of this hub: senders reach it directly.</p>;
  }
  return (
    <section className="card overflow-clip" aria-label="Edge">
      <div className="flex flex-wrap items-center gap-3 px-4 py-3">
        <h2 className="font-medium">Edge</h2>
        <EdgeBadge edge={edge} />
        {edge.state === 'reachable' && edge.sources.length === 0 && (
          <span className="text-muted text-sm">It holds nothing.</span>
        )}
      </div>
      {edge.sources.length > 0 && (
        <div className="overflow-x-auto">
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">Source</th>
                <th scope="col">Waiting</th>
                <th scope="col">Oldest since</th>
                <th scope="col">Dead letters</th>
                <th scope="col">Last try</th>
              </tr>
            </thead>
            <tbody>
              {edge.sources.map((held, row) => (
                // Of sources that are gone there may be several, and nothing tells them apart.
                <HeldSource key={held.source?.id ?? `gone-${row}`} held={held} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function EdgeBadge({ edge }: { edge: InstanceEdge }) {
  if (edge.state === 'reachable') {
    return (
      <Badge tone="good" icon={<CircleCheck size={12} aria-hidden="true" />}>
        reachable
      </Badge>
    );
  }
  return (
    <>
      <Badge tone="bad" icon={<CircleX size={12} aria-hidden="true" />}>
        unreachable
      </Badge>
      <span className="text-sm">{edge.problem}</span>
    </>
  );
}

function HeldSource({ held }: { held: InstanceEdge['sources'][number] }) {
  const { source, waiting, oldestAt, deadLetters, lastFailure, nextTryAt } = held;
  const path = source ? objectPath(source.tenant, source.id) : null;
  return (
    <tr>
      <th scope="row">
        {source && path ? (
          <Link to={path} className="link">
            {source.tenant} / {source.name}
          </Link>
        ) : (
          'A source that is gone'
        )}
      </th>
      <td className="tabular-nums">{waiting}</td>
      <td>{oldestAt ? <TimeText at={oldestAt} /> : '–'}</td>
      <td className="tabular-nums">{deadLetters}</td>
      <td>
        {lastFailure ?? (waiting > 0 ? 'under way' : '–')}
        {nextTryAt && (
          <>
            ; again <TimeText at={nextTryAt} />
          </>
        )}
      </td>
    </tr>
  );
}
