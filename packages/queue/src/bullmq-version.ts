import { createRequire } from 'node:module';

const { version } = createRequire(import.meta.url)('bullmq/package.json') as { version: string };

/** The hash of a script is its name, so hub and direct sinks must have the very same ones. */
export const bullmqVersion = version;
