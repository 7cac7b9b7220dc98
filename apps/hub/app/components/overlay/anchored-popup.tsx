import { Menu } from '@base-ui/react/menu';
import type { AnchoredMenuProps } from './anchored-menu.tsx';
import { MenuEntries } from './menu-entries.tsx';

/** What `AnchoredMenu` shows. Loaded when the first one is opened. */
export function AnchoredPopup({ anchor, label, entries, onClose }: AnchoredMenuProps) {
  return (
    <Menu.Root open={anchor !== null} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} sideOffset={4} align="start" className="z-30">
          <Menu.Popup className="menu" aria-label={label} finalFocus={() => anchor}>
            <MenuEntries entries={entries} />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
