import type { Permission } from '@nexomatic/contracts/permission';
import { ChevronDown, Plus } from '../components/icons.ts';
import { MenuButton } from '../components/overlay/menu-button.tsx';
import { allowed, newEntries } from './nav.ts';

/** What the viewer may make; nothing at all for people who may make nothing. */
export function NewMenu({ home, permissions }: { home: string; permissions: readonly Permission[] }) {
  const entries = allowed(newEntries, permissions).map(({ path, word, icon: Icon }) => ({
    label: word,
    icon: <Icon size={14} aria-hidden="true" />,
    to: `${home}/${path}`,
  }));
  if (entries.length === 0) return null;
  return (
    <MenuButton label="New" entries={entries} className="button">
      <Plus size={14} aria-hidden="true" />
      <span className="hidden sm:inline">New</span>
      <ChevronDown size={12} aria-hidden="true" className="text-faint" />
    </MenuButton>
  );
}
