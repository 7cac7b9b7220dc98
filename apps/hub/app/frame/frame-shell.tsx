import { Link, useNavigate, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';
import { ToastProvider } from '../components/toast/toasts.tsx';
import { Crumbs } from './crumbs.tsx';
import { HelpButton, UserButton } from './header-menus.tsx';
import { type NavSection, navHref } from './nav.ts';
import { Navigation } from './navigation.tsx';
import { NavigationButton } from './navigation-button.tsx';
import { Palette } from './palette.tsx';
import type { PaletteItem } from './palette-items.ts';
import type { NavWidth, Theme } from './preferences.ts';
import { useGoKeys } from './use-go-keys.ts';

interface FrameShellProps {
  /** Address that the pages of the navigation are below. */
  home: string;
  sections: readonly NavSection[];
  items: PaletteItem[];
  /** What the pages are about: the tenant, or the hub. */
  place: ReactNode;
  /** What can be done from every page. */
  actions?: ReactNode;
  user: { name: string; email: string };
  theme: Theme;
  navWidth: NavWidth;
  children: ReactNode;
}

/** Header, navigation and main region: what the pages of a tenant and those of the hub have in common. */
export function FrameShell(props: FrameShellProps) {
  const { home, sections, items, place, actions, user, theme, navWidth, children } = props;
  const loading = useNavigation().state !== 'idle';
  const navigate = useNavigate();
  useGoKeys(goTargets(home, sections), navigate);
  return (
    <ToastProvider>
      <div className="frame" data-loading={loading || undefined}>
        <a href="#main" className="skip-link">
          Skip to content
        </a>
        <header className="header">
          <NavigationButton />
          <Link to={home} className="brand" aria-label="Nexomatic, home">
            <BrandMark />
          </Link>
          <span className="text-line-strong" aria-hidden="true">
            /
          </span>
          <div className="min-w-0">{place}</div>
          <Crumbs home={home} />
          <div className="ml-auto flex items-center gap-1.5">
            <Palette items={items} />
            {actions}
            <HelpButton home={home} sections={sections} />
            <UserButton {...user} theme={theme} />
          </div>
        </header>
        <Navigation home={home} sections={sections} width={navWidth} />
        <main id="main" className="main" tabIndex={-1}>
          {children}
        </main>
      </div>
    </ToastProvider>
  );
}

const goTargets = (home: string, sections: readonly NavSection[]): Record<string, string> =>
  Object.fromEntries(sections.flatMap(({ entries }) => entries.map(({ key, path }) => [key, navHref(home, path)])));
