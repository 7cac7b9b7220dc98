import { Link, useMatches } from '@remix-run/react';

interface Crumb {
  word: string;
  /** Below the tenant's address; the page itself has none. */
  to?: string;
}

/** What a route exports as `handle` to say where it stands. `data` is what its loader gave; undefined when it failed. */
export interface CrumbHandle<Data = unknown> {
  crumbs: (data: Data | undefined, params: Readonly<Record<string, string | undefined>>) => Crumb[];
}

/** The way to the page at hand, as its route tells it: `Events / hello.received`. */
export function Crumbs({ home }: { home: string }) {
  const crumbs = useMatches().flatMap(({ handle, data, params }) =>
    isCrumbHandle(handle) ? handle.crumbs(data, params) : [],
  );
  if (crumbs.length === 0) return null;
  return (
    <nav aria-label="Breadcrumb" className="crumbs">
      <ol>
        {crumbs.map(({ word, to }, index) => (
          <li key={`${to ?? ''} ${word}`}>
            {to === undefined ? (
              <span aria-current={index === crumbs.length - 1 ? 'page' : undefined}>{word}</span>
            ) : (
              <Link to={`${home}/${to}`}>{word}</Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

const isCrumbHandle = (handle: unknown): handle is CrumbHandle =>
  typeof handle === 'object' && handle !== null && 'crumbs' in handle && typeof handle.crumbs === 'function';
