import { Building2, HeartPulse, ScrollText, Users } from '../components/icons.ts';
import type { NavSection } from '../frame/nav.ts';

/** The pages of whoever administers the hub. */
export const adminSections: readonly NavSection[] = [
  {
    title: null,
    entries: [
      { path: '', word: 'Tenants', icon: Building2, key: 't' },
      { path: 'users', word: 'Users', icon: Users, key: 'u' },
      { path: 'health', word: 'Health', icon: HeartPulse, key: 'h' },
      { path: 'audit', word: 'Audit log', icon: ScrollText, key: 'a' },
    ],
  },
];
