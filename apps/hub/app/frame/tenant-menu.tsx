import { Menu } from '@base-ui/react/menu';
import { Link } from '@remix-run/react';
import { Check } from '../components/icons.ts';
import { type TenantChoice, TenantName } from './tenant-name.tsx';

/** The way to somebody's other tenants. Loaded when it is first opened, so it begins open. */
export function TenantMenu({ current, all }: { current: TenantChoice; all: TenantChoice[] }) {
  return (
    <Menu.Root defaultOpen>
      <Menu.Trigger className="button-quiet max-w-full">
        <TenantName name={current.name} />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner sideOffset={6} align="start" className="z-30">
          <Menu.Popup className="menu">
            {all.map(({ slug, name }) => (
              <Menu.LinkItem key={slug} className="menu-item" render={<Link to={`/t/${slug}`} />} closeOnClick>
                {name}
                {slug === current.slug ? <Check size={14} className="ml-auto" aria-label="current" /> : null}
              </Menu.LinkItem>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
