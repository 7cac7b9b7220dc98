import { Link, NavLink, useNavigation } from '@remix-run/react';
import type { ReactNode } from 'react';
import { BrandMark } from '../components/brand-mark.tsx';
import { Activity } from '../components/icons.ts';
import { HelpButton, TenantButton, UserButton } from './header-menus.tsx';
import type { Theme } from './preferences.ts';
import type { TenantChoice } from './tenant-name.tsx';

interface FrameProps {
  tenant: TenantChoice;
  tenants: TenantChoice[];
  user: { name: string; email: string };
  theme: Theme;
  children: ReactNode;
}

/** Header, navigation and main region of every page of a tenant. */
export function Frame({ tenant, tenants, user, theme, children }: FrameProps) {
  const loading = useNavigation().state !== 'idle';
  const home = `/t/${tenant.slug}`;
  return (
    <div className="frame" data-loading={loading || undefined}>
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <header className="header">
        <Link to={home} className="brand" aria-label="Nexomatic, home">
          <BrandMark />
        </Link>
        <span className="text-line-strong" aria-hidden="true">
          /
        </span>
        <div className="min-w-0">
          <TenantButton current={tenant} all={tenants} />
        </div>
        <div className="ml-auto flex items-center gap-1.5">
          <HelpButton />
          <UserButton {...user} theme={theme} />
        </div>
      </header>
      <nav className="nav" aria-label="Main">
        <NavLink to={`${home}/events`} className="nav-link">
          <Activity size={16} aria-hidden="true" />
          Events
        </NavLink>
      </nav>
      <main id="main" className="main" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
