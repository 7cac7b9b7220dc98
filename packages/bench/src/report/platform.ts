import { cpus } from 'node:os';
import { bullmqVersion } from '../bare/bare.ts';
import type { Servers } from '../contestant.ts';

/** What the figures were measured on. */
export function describePlatform({ database, redis }: Servers): string[] {
  const [first] = cpus();
  return [
    `${cpus().length} cores${first ? ` of ${first.model.trim()}` : ''}`,
    `${process.platform}-${process.arch}`,
    `Node ${process.versions.node}`,
    database.version,
    redis.version,
    `BullMQ ${bullmqVersion}`,
  ];
}
