import type { Permission } from '@nexomatic/contracts/permission';
import { type ReactNode, useMemo } from 'react';
import { FrameShell } from './frame-shell.tsx';
import { TenantButton } from './header-menus.tsx';
import { hubSection, navFor } from './nav.ts';
import { NewMenu } from './new-menu.tsx';
import type { NavWidth, Theme } from './preferences.ts';
import type { TenantChoice } from './tenant-name.tsx';
import { useFrameItems } from './use-frame-items.tsx';

interface FrameProps {
  tenant: TenantChoice;
  tenants: TenantChoice[];
  /** What the viewer may do in this tenant. */
  permissions: readonly Permission[];
  /** Whether they administer the hub as well. */
  instanceAdmin: boolean;
  user: { name: string; email: string };
  theme: Theme;
  navWidth: NavWidth;
  children: ReactNode;
}

/** Header, navigation and main region of every page of a tenant. */
export function Frame({ tenant, tenants, permissions, instanceAdmin, ...rest }: FrameProps) {
  const home = `/t/${tenant.slug}`;
  const sections = useMemo(
    () => [...navFor(permissions), ...(instanceAdmin ? [hubSection] : [])],
    [permissions, instanceAdmin],
  );
  const items = useFrameItems({ home, sections, permissions, tenants });
  return (
    <FrameShell
      {...rest}
      home={home}
      sections={sections}
      items={items}
      place={<TenantButton current={tenant} all={tenants} />}
      actions={<NewMenu home={home} permissions={permissions} />}
    />
  );
}
