import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Ellipsis } from '../icons.ts';

/** One line of a menu: a link, or something that is done. `separated` draws a line above it. */
export interface MenuEntry {
  label: string;
  icon?: ReactNode;
  to?: string;
  /** `to` is a file of the hub, not a page. */
  download?: boolean;
  onSelect?: () => void;
  danger?: boolean;
  disabled?: boolean;
  separated?: boolean;
}

export interface MenuButtonProps {
  /** Read out: "Actions for hello.received". */
  label: string;
  entries: readonly MenuEntry[];
  className?: string;
  align?: 'start' | 'end';
  /** What stands on the button; three dots without it. */
  children?: ReactNode;
}

const load = () => import('./menu-popup.tsx');
const MenuPopup = lazy(() => load().then((module) => ({ default: module.MenuPopup })));

/** A button that opens a menu. The menu's code is fetched when somebody points at one. */
export function MenuButton({ children = <Ellipsis size={16} aria-hidden="true" />, ...rest }: MenuButtonProps) {
  const props = { ...rest, children };
  const [wanted, setWanted] = useState(false);
  const button = (
    <button
      type="button"
      className={props.className ?? 'icon-button'}
      aria-haspopup="menu"
      aria-label={props.label}
      onPointerEnter={() => {
        // Opening it tries again, and says so if that fails.
        load().catch(() => undefined);
      }}
      onClick={() => setWanted(true)}
    >
      {props.children}
    </button>
  );
  return wanted ? (
    <Suspense fallback={button}>
      <MenuPopup {...props} />
    </Suspense>
  ) : (
    button
  );
}
