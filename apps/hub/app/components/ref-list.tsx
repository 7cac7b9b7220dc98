import type { Reference } from '@nexomatic/contracts/error-code';
import { Link, useParams } from '@remix-run/react';
import { kindWord, objectPath } from '../frame/objects.ts';

/** What refers to a thing (R19): each by kind and name, as a link where it has a page. */
export function RefList({ references, empty }: { references: readonly Reference[]; empty?: string }) {
  const { tenant = '' } = useParams();
  if (references.length === 0) return empty ? <p className="text-muted text-sm">{empty}</p> : null;
  return (
    <ul className="ref-list">
      {references.map(({ id, name, how }) => {
        const path = objectPath(tenant, id);
        return (
          <li key={`${id} ${how ?? ''}`}>
            <span className="text-muted">{kindWord(id)}</span>{' '}
            {path ? (
              <Link to={path} className="link">
                {name}
              </Link>
            ) : (
              <span className="font-medium">{name}</span>
            )}
            {how ? <span className="text-muted"> {how}</span> : null}
          </li>
        );
      })}
    </ul>
  );
}
