import type { Permission } from '@nexomatic/contracts/permission';
import { Link, useNavigate, useNavigation } from '@remix-run/react';
import { type ReactNode, useMemo } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';
import { ToastProvider } from '../components/toast/toasts.tsx';
import { Crumbs } from './crumbs.tsx';
import { HelpButton, TenantButton, UserButton } from './header-menus.tsx';
import { type NavSection, navFor } from './nav.ts';
import { Navigation } from './navigation.tsx';
import { NavigationButton } from './navigation-button.tsx';
import { NewMenu } from './new-menu.tsx';
import { Palette } from './palette.tsx';
import type { NavWidth, Theme } from './preferences.ts';
import type { TenantChoice } from './tenant-name.tsx';
import { useFrameItems } from './use-frame-items.tsx';
import { useGoKeys } from './use-go-keys.ts';

interface FrameProps {
  tenant: TenantChoice;
  tenants: TenantChoice[];
  /** What the viewer may do in this tenant. */
  permissions: readonly Permission[];
  user: { name: string; email: string };
  theme: Theme;
  navWidth: NavWidth;
  children: ReactNode;
}

/** Header, navigation and main region of every page of a tenant. */
export function Frame({ tenant, tenants, permissions, user, theme, navWidth, children }: FrameProps) {
  const loading = useNavigation().state !== 'idle';
  const navigate = useNavigate();
  const home = `/t/${tenant.slug}`;
  const sections = useMemo(() => navFor(permissions), [permissions]);
  const items = useFrameItems({ home, sections, permissions, tenants });
  useGoKeys(goTargets(sections), (path) => navigate(`${home}/${path}`));
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
          <div className="min-w-0">
            <TenantButton current={tenant} all={tenants} />
          </div>
          <Crumbs home={home} />
          <div className="ml-auto flex items-center gap-1.5">
            <Palette items={items} />
            <NewMenu home={home} permissions={permissions} />
            <HelpButton sections={sections} />
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

const goTargets = (sections: readonly NavSection[]): Record<string, string> =>
  Object.fromEntries(sections.flatMap(({ entries }) => entries.map(({ key, path }) => [key, path])));
