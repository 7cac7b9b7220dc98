import { Link, useLocation } from '@remix-run/react';
import { ArrowLeft, ArrowRight } from '../components/icons.ts';
import { filterQuery, type ListFilter } from './list-filter.ts';

/**
 * Older and newer pages. A cursor only leads to older events, so each step remembers the addresses that it came by;
 * without that (a link that somebody was sent), "newer" leads to the newest page.
 */
export function Pager({ filter, nextCursor, count }: { filter: ListFilter; nextCursor: string | null; count: number }) {
  const location = useLocation();
  const trail = trailOf(location.state);
  const first = filter.cursor === '';
  if (first && nextCursor === null)
    return count > 10 ? <p className="pager text-muted">All {count} events are shown.</p> : null;
  return (
    <nav className="pager" aria-label="Pages">
      {first ? (
        <span className="button" aria-disabled="true">
          <ArrowLeft size={14} aria-hidden="true" /> Newer
        </span>
      ) : (
        <Link
          className="button"
          to={trail.at(-1) ?? (filterQuery(filter) || '.')}
          state={{ trail: trail.slice(0, -1) }}
        >
          <ArrowLeft size={14} aria-hidden="true" /> Newer
        </Link>
      )}
      {nextCursor === null ? (
        <span className="text-muted">No older events.</span>
      ) : (
        <Link
          className="button"
          to={filterQuery(filter, { cursor: nextCursor })}
          state={{ trail: [...trail, location.search || '.'] }}
        >
          Older <ArrowRight size={14} aria-hidden="true" />
        </Link>
      )}
      {first ? null : (
        <Link className="button-quiet ml-auto" to={filterQuery(filter) || '.'}>
          Newest
        </Link>
      )}
    </nav>
  );
}

/** Whatever stands in the history entry; only a list of queries is taken from it. */
function trailOf(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('trail' in state) || !Array.isArray(state.trail)) return [];
  return state.trail.filter((step): step is string => typeof step === 'string' && /^[?.]/.test(step));
}
