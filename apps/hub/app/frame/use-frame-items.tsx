import type { Permission } from '@nexomatic/contracts/permission';
import { useMemo } from 'react';
import { Plus } from '../components/icons.ts';
import { allowed, type NavSection, navHref, newEntries } from './nav.ts';
import type { PaletteItem } from './palette-items.ts';
import { themes } from './preferences.ts';
import type { TenantChoice } from './tenant-name.tsx';
import { applyTheme, themeLooks } from './theme.ts';

interface Options {
  home: string;
  sections: readonly NavSection[];
  permissions: readonly Permission[];
  tenants: readonly TenantChoice[];
}

/** What the palette offers on every page: its pages, what can be made, other tenants, themes. */
export function useFrameItems({ home, sections, permissions, tenants }: Options): PaletteItem[] {
  return useMemo(
    () => [
      ...sections.flatMap(({ entries }) =>
        entries.map(({ path, word, icon: Icon, key }) => ({
          id: `page:${path}`,
          group: 'Go to',
          word,
          hint: `g ${key}`,
          icon: <Icon size={16} aria-hidden="true" />,
          to: navHref(home, path),
        })),
      ),
      ...allowed(newEntries, permissions).map(({ path, word }) => ({
        id: `new:${path}`,
        group: 'New',
        word: `New ${word.toLowerCase()}`,
        icon: <Plus size={16} aria-hidden="true" />,
        to: `${home}/${path}`,
      })),
      ...tenants
        .filter(({ slug }) => `/t/${slug}` !== home)
        .map(({ slug, name }) => ({ id: `tenant:${slug}`, group: 'Switch tenant', word: name, to: `/t/${slug}` })),
      ...themes.map((theme) => {
        const { word, Icon } = themeLooks[theme];
        return {
          id: `theme:${theme}`,
          group: 'Theme',
          word: theme === 'system' ? 'Theme of the system' : `${word} theme`,
          icon: <Icon size={16} aria-hidden="true" />,
          run: () => applyTheme(theme),
        };
      }),
    ],
    [home, sections, permissions, tenants],
  );
}
