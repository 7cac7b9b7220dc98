import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Redis } from './connection.ts';

const scripts = createRequire(import.meta.url)('bullmq/dist/cjs/scripts/index.js') as Record<
  string,
  { content: string }
>;

/**
 * BullMQ's scripts by their hash. They come from a folder that is not part of its public interface: the version is pinned,
 * and the hub tells a sink of another version to go away.
 */
const byHash = new Map(
  Object.values(scripts).map(({ content }) => [createHash('sha1').update(content).digest('hex'), content]),
);
const hashes = [...byHash.keys()];

/** Hashes of everything that a sink may run. */
export const scriptHashes: readonly string[] = hashes;

/** Loads the scripts that Redis lacks (all of them after a restart or `SCRIPT FLUSH`); gives how many. */
export async function preloadScripts(redis: Redis): Promise<number> {
  const known = (await redis.script('EXISTS', ...hashes)) as number[];
  const missing = hashes.filter((_, index) => known[index] !== 1);
  await Promise.all(missing.map((hash) => redis.script('LOAD', byHash.get(hash) ?? '')));
  return missing.length;
}
