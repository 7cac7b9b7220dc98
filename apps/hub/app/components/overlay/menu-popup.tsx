import { Menu } from '@base-ui/react/menu';
import type { MenuButtonProps } from './menu-button.tsx';
import { MenuEntries } from './menu-entries.tsx';

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
            <MenuEntries entries={entries} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
