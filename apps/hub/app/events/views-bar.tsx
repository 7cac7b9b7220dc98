import type { SavedView } from '@nexomatic/contracts/view-api';
import { Link } from '@remix-run/react';
import { addressOf, type ListAddress, linkTo, queryOf } from './list-address.ts';
import { activeView, systemViews, viewQuery } from './system-views.ts';
import { ViewMenu } from './view-menu.tsx';

/** Views that every tenant has, then those that somebody saved. */
export function ViewsBar({ address, views }: { address: ListAddress; views: readonly SavedView[] }) {
  const query = queryOf(address.text);
  const opened = views.find(({ id }) => id === address.view);
  const active = opened ? null : activeView(query);
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
      {views.length > 0 ? <span className="view-line" aria-hidden="true" /> : null}
      {views.map(({ id, name, query: text, shared }) => (
        <Link
          key={id}
          to={addressOf({ text, view: id }) || '.'}
          className="view-link"
          aria-current={id === opened?.id ? 'page' : undefined}
          title={shared ? 'For everybody in the tenant' : 'Only yours'}
        >
          {name}
          {id === opened?.id && text !== address.text ? <span className="text-faint"> (changed)</span> : null}
        </Link>
      ))}
      <ViewMenu address={address} opened={opened} />
    </nav>
  );
}
