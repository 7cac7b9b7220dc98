import { gunzipSync } from 'node:zlib';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { LogEncoding } from '@nexomatic/db/entities/log-chunk';

/** No chunk holds more than this when it is unpacked: a record that can't be cut is the longest. */
export const maxChunkBytes = 1024 * 1024;

/** The bytes of a chunk as the module wrote them. */
export function plainBody({ body, encoding }: { body: Uint8Array; encoding?: LogEncoding | null }): Uint8Array {
  return encoding === 'gzip' ? gunzipSync(body, { maxOutputLength: maxChunkBytes }) : body;
}

/** How many lines end in a chunk, and how many of them may be records of level error. */
export function measureChunk(channel: LogChannel, plain: Uint8Array): { lines: number; errors: number } {
  let lines = 0;
  for (let at = plain.indexOf(lineFeed); at !== -1; at = plain.indexOf(lineFeed, at + 1)) lines += 1;
  if (channel !== 'record') return { lines, errors: 0 };
  return { lines, errors: Buffer.from(plain).toString('latin1').match(errorLevel)?.length ?? 0 };
}

const lineFeed = 0x0a;
const errorLevel = /"level"\s*:\s*"error"/g;
