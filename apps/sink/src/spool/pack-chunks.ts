import { gzipSync } from 'node:zlib';
import type { LogChunk } from '@nexomatic/contracts/sink-protocol';

/** Less than this is hardly smaller when it is packed. */
const minPacked = 512;

/**
 * Chunks as they travel: text is packed where that makes it smaller. One by one and at once, which takes a millisecond for
 * each: what is under way at the same time would stand in memory at the same time.
 */
export const packChunks = (chunks: LogChunk[]): LogChunk[] => chunks.map(packChunk);

function packChunk(chunk: LogChunk): LogChunk {
  if (!('utf8' in chunk.bytes) || chunk.bytes.utf8.length < minPacked) return chunk;
  const packed = gzipSync(chunk.bytes.utf8, { level: 3 }).toString('base64');
  return packed.length < chunk.bytes.utf8.length ? { ...chunk, bytes: { gzip: packed } } : chunk;
}
