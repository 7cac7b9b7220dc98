import type { SecretVersions as Versions } from '@nexomatic/contracts/secret-api';
import { Badge } from '../components/badge.tsx';
import { TimeText } from '../time/time-text.tsx';

/** The values that a secret had: who set each, and when. What they were is nowhere. */
export function SecretVersions({ versions }: Pick<Versions, 'versions'>) {
  if (versions.length === 0) return <p className="text-muted text-sm">It has no value yet.</p>;
  return (
    <ul className="short-list">
      {versions.map(({ version, createdAt, createdBy, current, keptUntil }) => (
        <li key={version}>
          <strong>Version {version}</strong>
          {current ? <Badge tone="info">in use</Badge> : keptUntil ? <Badge>kept</Badge> : null}
          <span className="ml-auto text-muted">
            {createdBy}, <TimeText at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
}
