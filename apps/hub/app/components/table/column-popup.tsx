import { Menu } from '@base-ui/react/menu';
import { Check, Columns3 } from '../icons.ts';
import type { ColumnMenuProps } from './column-menu.tsx';

/** The list of `ColumnMenu`. Loaded when it is first opened, so it begins open. */
export function ColumnPopup({ columns, onToggle, onReset }: ColumnMenuProps) {
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className="icon-button" aria-label="Choose columns">
        <Columns3 size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="end" className="z-30">
          <Menu.Popup className="menu">
            {columns.map(({ id, header, shown }) => (
              <Menu.CheckboxItem
                key={id}
                className="menu-item"
                checked={shown}
                onCheckedChange={(checked) => onToggle(id, checked)}
              >
                {header}
                <Menu.CheckboxItemIndicator className="ml-auto">
                  <Check size={14} aria-hidden="true" />
                </Menu.CheckboxItemIndicator>
              </Menu.CheckboxItem>
            ))}
            <Menu.Separator className="menu-line" />
            <Menu.Item className="menu-item" onClick={onReset}>
              As it was
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
