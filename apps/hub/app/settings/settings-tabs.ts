import type { Permission } from '@nexomatic/contracts/permission';

/** The parts of a tenant's settings, and what one has to hold to see each. The first is the page itself. */
export const settingsTabs: readonly { path: string; word: string; needs: Permission }[] = [
  { path: '', word: 'General', needs: 'tenant.write' },
  { path: 'members', word: 'Members', needs: 'members.read' },
  { path: 'tokens', word: 'API tokens', needs: 'tokens.write' },
  { path: 'keys', word: 'Keys', needs: 'tenant.write' },
  { path: 'storage', word: 'Storage', needs: 'tenant.write' },
];
