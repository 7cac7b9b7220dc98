import type { Role } from '@nexomatic/contracts/permission';

/** What a role is for, in a sentence that follows on its name. */
export const roleWords: Record<Role, { word: string; does: string }> = {
  owner: { word: 'Owner', does: 'does everything here, and decides who else is an owner' },
  admin: { word: 'Admin', does: 'manages members, API tokens and settings, beside everything that editors do' },
  editor: { word: 'Editor', does: 'builds event types, actions, sources and schedules, and sets secrets' },
  operator: { word: 'Operator', does: 'fires, re-runs and cancels events, pauses schedules, and looks after sinks' },
  viewer: { word: 'Viewer', does: 'sees events, logs and definitions, and changes nothing' },
};
