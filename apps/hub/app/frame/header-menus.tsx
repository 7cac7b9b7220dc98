import { lazy, type ReactElement, Suspense, useState } from 'react';
import { useKeys } from './keys.ts';
import type { NavSection } from './nav.ts';
import { type TenantChoice, TenantName } from './tenant-name.tsx';
import type { UserMenuProps } from './user-menu.tsx';

/**
 * The header's menus. What they are made of is a third of all the code that a page would load, and most visits open none:
 * so a plain button stands in until somebody wants one. Pointing at the button already fetches it.
 */
const loadUserMenu = () => import('./user-menu.tsx');
const loadTenantMenu = () => import('./tenant-menu.tsx');
const loadHelpSheet = () => import('./help-sheet.tsx');

const UserMenu = lazy(() => loadUserMenu().then((module) => ({ default: module.UserMenu })));
const TenantMenu = lazy(() => loadTenantMenu().then((module) => ({ default: module.TenantMenu })));
const HelpSheet = lazy(() => loadHelpSheet().then((module) => ({ default: module.HelpSheet })));

/** Fetches ahead of need; if that fails, opening it will try again and say so. */
const ahead = (load: () => Promise<unknown>) => () => {
  load().catch(() => undefined);
};

export function UserButton(props: UserMenuProps) {
  const [wanted, setWanted] = useState(false);
  const who = props.name || props.email;
  const button = (
    <button
      type="button"
      className="avatar"
      aria-haspopup="menu"
      aria-label={`Account of ${who}`}
      onPointerEnter={ahead(loadUserMenu)}
      onClick={() => setWanted(true)}
    >
      {who.slice(0, 1).toUpperCase()}
    </button>
  );
  return wanted ? <Instead button={button} menu={<UserMenu {...props} />} /> : button;
}

/** The tenant that the page is about; a button only for people who belong to several. */
export function TenantButton({ current, all }: { current: TenantChoice; all: TenantChoice[] }) {
  const [wanted, setWanted] = useState(false);
  if (all.length < 2) return <span className="truncate font-medium">{current.name}</span>;
  const button = (
    <button
      type="button"
      className="button-quiet max-w-full"
      aria-haspopup="menu"
      onPointerEnter={ahead(loadTenantMenu)}
      onClick={() => setWanted(true)}
    >
      <TenantName name={current.name} />
    </button>
  );
  return wanted ? <Instead button={button} menu={<TenantMenu current={current} all={all} />} /> : button;
}

export function HelpButton({ home, sections }: { home: string; sections: readonly NavSection[] }) {
  const [open, setOpen] = useState(false);
  const [wanted, setWanted] = useState(false);
  function show(): void {
    setWanted(true);
    setOpen(true);
  }
  useKeys({ '?': show });
  return (
    <>
      <button
        type="button"
        className="icon-button hidden sm:inline-grid"
        aria-label="Keyboard shortcuts"
        aria-haspopup="dialog"
        onPointerEnter={ahead(loadHelpSheet)}
        onClick={show}
      >
        <span aria-hidden="true">?</span>
      </button>
      {wanted ? (
        <Instead
          button={null}
          menu={<HelpSheet open={open} onOpenChange={setOpen} home={home} sections={sections} />}
        />
      ) : null}
    </>
  );
}

const Instead = ({ button, menu }: { button: ReactElement | null; menu: ReactElement }) => (
  <Suspense fallback={button}>{menu}</Suspense>
);
