import manifest from 'bullmq/package.json' with { type: 'json' };

/** The hash of a script is its name, so hub and direct sinks must have the very same ones. */
export const bullmqVersion: string = manifest.version;
