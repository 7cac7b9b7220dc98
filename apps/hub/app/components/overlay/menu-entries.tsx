import { Menu } from '@base-ui/react/menu';
import { Link } from '@remix-run/react';
import { Fragment } from 'react';
import type { MenuEntry } from './menu-button.tsx';

/** The lines of a menu. */
export function MenuEntries({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry) => (
    <Fragment key={entry.label}>
      {entry.separated ? <Menu.Separator className="menu-line" /> : null}
      <Line entry={entry} />
    </Fragment>
  ));
}

function Line({ entry }: { entry: MenuEntry }) {
  const { label, icon, to, download, onSelect, danger, disabled } = entry;
  const look = danger ? 'menu-item menu-danger' : 'menu-item';
  if (to === undefined)
    return (
      <Menu.Item className={look} disabled={disabled} onClick={() => onSelect?.()}>
        {icon}
        {label}
      </Menu.Item>
    );
  // A download is the browser's: the router has no page for it.
  const link = download
    ? { href: to, download: true }
    : { render: <Link to={to} preventScrollReset={to.startsWith('?')} /> };
  return (
    <Menu.LinkItem className={look} closeOnClick {...link}>
      {icon}
      {label}
    </Menu.LinkItem>
  );
}
