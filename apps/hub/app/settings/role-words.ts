import type { Role } from '@nexomatic/contracts/permission';

/** Each role in a sentence; what it may do exactly is in the table of permissions. */
export const roleWords: Record<Role, { word: string; help: string }> = {
  owner: { word: 'Owner', help: 'Everything, and decides who else owns the tenant.' },
  admin: { word: 'Admin', help: 'Everything but making owners: people, tokens, settings and the audit log as well.' },
  editor: { word: 'Editor', help: 'Builds: event types, actions, sources, schedules and secrets.' },
  operator: { word: 'Operator', help: 'Runs: fires, re-runs and cancels events, and controls sinks.' },
  viewer: { word: 'Viewer', help: 'Looks: events, logs and definitions, and changes nothing.' },
};
