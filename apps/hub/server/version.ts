import manifest from '../package.json' with { type: 'json' };

/** Version of the hub, as its package says. */
export const hubVersion: string = manifest.version;
