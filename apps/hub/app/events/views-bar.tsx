import { Link } from '@remix-run/react';
import { type ListAddress, linkTo, queryOf } from './list-address.ts';
import { activeView, systemViews, viewQuery } from './system-views.ts';

/** Views that every tenant has. */
export function ViewsBar({ address }: { address: ListAddress }) {
  const query = queryOf(address.text);
  const active = activeView(query);
  return (
    <nav className="views" aria-label="Views">
      {systemViews.map((view) => (
        <Link
          key={view.name}
          to={linkTo(viewQuery(query, view))}
          className="view-link"
          aria-current={view === active ? 'page' : undefined}
        >
          {view.name}
        </Link>
      ))}
    </nav>
  );
}
