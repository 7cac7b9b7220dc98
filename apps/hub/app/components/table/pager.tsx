import { Link, useLocation } from '@remix-run/react';
import { ArrowLeft, ArrowRight } from '../icons.ts';

interface PagerProps {
  nextCursor: string | null;
  /** How many rows this page shows. */
  count: number;
  /** Address of the page that begins at a cursor; the empty one means the first. By default `?cursor=` is changed. */
  hrefOf?: (cursor: string) => string;
  /** How the directions are called, and the rows: `older`, `newer` for lists in time. */
  words?: { back: string; on: string; start: string; rows: string };
}

const plainWords = { back: 'Previous', on: 'Next', start: 'First page', rows: 'rows' };

/**
 * Pages by cursor. A cursor only leads on, so each step remembers the addresses that it came by; without that (a link that
 * somebody was sent), "back" leads to the first page.
 */
export function Pager({ nextCursor, count, hrefOf, words = plainWords }: PagerProps) {
  const location = useLocation();
  const trail = trailOf(location.state);
  const search = new URLSearchParams(location.search);
  const href = hrefOf ?? ((cursor: string) => cursorHref(search, cursor));
  const isFirst = (search.get('cursor') ?? '') === '';
  if (isFirst && nextCursor === null)
    return count > 10 ? (
      <p className="pager text-muted">
        All {count} {words.rows} are shown.
      </p>
    ) : null;
  const back = (
    <>
      <ArrowLeft size={14} aria-hidden="true" /> {words.back}
    </>
  );
  return (
    <nav className="pager" aria-label="Pages">
      {isFirst ? (
        <span className="button" aria-disabled="true">
          {back}
        </span>
      ) : (
        <Link className="button" to={trail.at(-1) ?? href('')} state={{ trail: trail.slice(0, -1) }}>
          {back}
        </Link>
      )}
      {nextCursor === null ? (
        <span className="text-muted">These are the last.</span>
      ) : (
        <Link className="button" to={href(nextCursor)} state={{ trail: [...trail, location.search || '.'] }}>
          {words.on} <ArrowRight size={14} aria-hidden="true" />
        </Link>
      )}
      {isFirst ? null : (
        <Link className="button-quiet ml-auto" to={href('')}>
          {words.start}
        </Link>
      )}
    </nav>
  );
}

/** The same query with another cursor. */
export function cursorHref(search: URLSearchParams, cursor: string): string {
  const next = new URLSearchParams(search);
  if (cursor === '') next.delete('cursor');
  else next.set('cursor', cursor);
  const query = next.toString();
  return query === '' ? '.' : `?${query}`;
}

/** Whatever stands in the history entry; only a list of queries is taken from it. */
export function trailOf(state: unknown): string[] {
  if (typeof state !== 'object' || state === null || !('trail' in state) || !Array.isArray(state.trail)) return [];
  return state.trail.filter((step): step is string => typeof step === 'string' && /^[?.]/.test(step));
}
