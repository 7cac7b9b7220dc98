import { type Permission, permissionNames, permissionTable } from '@nexomatic/contracts/permission';

/** What programs may hold, what belongs together side by side. */
export const tokenPermissions: readonly Permission[] = permissionNames.filter((name) =>
  permissionTable.apiToken.includes(name),
);

interface TokenPreset {
  value: string;
  label: string;
  /** In lists. */
  short: string;
  help: string;
  /** Null: all that a program may do, now and later. */
  scopes: readonly Permission[] | null;
}

/** The usual tokens. */
export const tokenPresets: readonly TokenPreset[] = [
  {
    value: 'fire',
    label: 'Fire only',
    short: 'fire only',
    help: 'Fires events and can not even read what became of them. For what stands in a script or a form.',
    scopes: ['events.fire'],
  },
  {
    value: 'read',
    label: 'Read only',
    short: 'read only',
    help: 'Reads events, logs, definitions and the audit log. For dashboards and alerting.',
    scopes: tokenPermissions.filter((permission) => permission.endsWith('.read')),
  },
  {
    value: 'all',
    label: 'Everything',
    short: 'everything',
    help: 'All that a program may do, definitions included. People, tokens and the tenant’s settings stay out of reach.',
    scopes: null,
  },
];

/** The preset that these scopes are. */
export const presetOf = (scopes: readonly Permission[] | null): TokenPreset | undefined =>
  tokenPresets.find((preset) =>
    preset.scopes === null || scopes === null
      ? preset.scopes === scopes
      : preset.scopes.length === scopes.length && preset.scopes.every((scope) => scopes.includes(scope)),
  );
