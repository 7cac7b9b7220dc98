import { Menu } from '@base-ui/react/menu';
import { Link } from '@remix-run/react';
import { Fragment } from 'react';
import type { MenuButtonProps } from './menu-button.tsx';

/** The menu of `MenuButton`. Loaded when it is first opened, so it begins open. */
export function MenuPopup({ label, entries, className, align = 'end', children }: MenuButtonProps) {
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className={className ?? 'icon-button'} aria-label={label}>
        {children}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align={align} className="z-30">
          <Menu.Popup className="menu">
            {entries.map((entry) => {
              const look = entry.danger ? 'menu-item menu-danger' : 'menu-item';
              return (
                <Fragment key={entry.label}>
                  {entry.separated ? <Menu.Separator className="menu-line" /> : null}
                  {entry.to === undefined ? (
                    <Menu.Item className={look} disabled={entry.disabled} onClick={() => entry.onSelect?.()}>
                      {entry.icon}
                      {entry.label}
                    </Menu.Item>
                  ) : (
                    <Menu.LinkItem className={look} closeOnClick render={<Link to={entry.to} />}>
                      {entry.icon}
                      {entry.label}
                    </Menu.LinkItem>
                  )}
                </Fragment>
              );
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
