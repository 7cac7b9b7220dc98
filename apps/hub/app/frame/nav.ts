import type { Permission } from '@nexomatic/contracts/permission';
import {
  Activity,
  Boxes,
  CalendarClock,
  KeyRound,
  LayoutDashboard,
  ListChecks,
  Logs,
  ScrollText,
  Server,
  Settings,
  ShieldCheck,
  SquareTerminal,
  Webhook,
  Workflow,
  Zap,
} from '../components/icons.ts';

/** A page of the navigation. It belongs here from the day its route exists, and not before. */
export interface NavEntry {
  /** Below the tenant's address. */
  path: string;
  word: string;
  icon: typeof Activity;
  /** Letter that leads there after `g`. */
  key: string;
  /** Permission without which the page shows nothing; people who lack it don't see the entry. */
  needs?: Permission;
}

export interface NavSection {
  title: string | null;
  entries: readonly NavEntry[];
}

/** Every page of a tenant that can be gone to without an object: navigation, palette, `g` keys and help sheet read it. */
const sections: readonly NavSection[] = [
  {
    title: null,
    entries: [
      { path: '', word: 'Overview', icon: LayoutDashboard, key: 'o', needs: 'events.read' },
      { path: 'events', word: 'Events', icon: Activity, key: 'e', needs: 'events.read' },
      { path: 'logs', word: 'Logs', icon: Logs, key: 'l', needs: 'logs.read' },
    ],
  },
  {
    title: 'Build',
    entries: [
      { path: 'event-types', word: 'Event types', icon: Workflow, key: 't', needs: 'definitions.read' },
      { path: 'actions', word: 'Actions', icon: SquareTerminal, key: 'a', needs: 'definitions.read' },
      { path: 'sources', word: 'Sources', icon: Webhook, key: 's', needs: 'definitions.read' },
      { path: 'schedules', word: 'Schedules', icon: CalendarClock, key: 'c', needs: 'definitions.read' },
    ],
  },
  {
    title: 'Run',
    entries: [
      { path: 'sinks', word: 'Sinks', icon: Server, key: 'k', needs: 'sinks.read' },
      { path: 'secrets', word: 'Secrets', icon: KeyRound, key: 'r', needs: 'secrets.read' },
    ],
  },
  {
    title: 'Manage',
    entries: [
      { path: 'bulk', word: 'Bulk jobs', icon: ListChecks, key: 'b', needs: 'events.read' },
      { path: 'audit', word: 'Audit log', icon: ScrollText, key: 'u', needs: 'audit.read' },
      { path: 'settings', word: 'Settings', icon: Settings, key: 'p', needs: 'members.read' },
    ],
  },
];

/** The way to the hub's own pages, for those who administer it. */
export const hubSection: NavSection = {
  title: 'Hub',
  entries: [{ path: '/admin', word: 'Administration', icon: ShieldCheck, key: 'i' }],
};

/** Address of an entry: below the tenant's, unless it begins at the root. */
export const navHref = (home: string, path: string): string =>
  path.startsWith('/') ? path : path === '' ? home : `${home}/${path}`;

/** What can be made: the header's "New" menu and the palette. `path` is the page with the form. */
export const newEntries: readonly Omit<NavEntry, 'key'>[] = [
  { path: 'events/new', word: 'Event', icon: Zap, needs: 'events.fire' },
  { path: 'event-types/new', word: 'Event type', icon: Workflow, needs: 'definitions.write' },
  { path: 'actions/new', word: 'Action', icon: SquareTerminal, needs: 'definitions.write' },
  { path: 'sources/new', word: 'Source', icon: Webhook, needs: 'definitions.write' },
  { path: 'schedules/new', word: 'Schedule', icon: CalendarClock, needs: 'definitions.write' },
  { path: 'sinks/new', word: 'Sink', icon: Server, needs: 'sinks.write' },
  { path: 'secrets/new', word: 'Secret', icon: KeyRound, needs: 'secrets.write' },
  { path: 'sinks/types/new', word: 'Sink type', icon: Boxes, needs: 'definitions.write' },
];

/** What somebody with these permissions may see, without sections that would be empty. */
export const navFor = (permissions: readonly Permission[], all = sections): NavSection[] =>
  all
    .map(({ title, entries }) => ({ title, entries: allowed(entries, permissions) }))
    .filter(({ entries }) => entries.length > 0);

/** The entries that somebody with these permissions may use. */
export const allowed = <T extends { needs?: Permission }>(
  entries: readonly T[],
  permissions: readonly Permission[],
): T[] => entries.filter(({ needs }) => needs === undefined || permissions.includes(needs));
