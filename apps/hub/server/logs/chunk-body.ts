import { promisify } from 'node:util';
import { gunzipSync, gzip } from 'node:zlib';
import { type LogChunk, maxChunkBytes, type PlainLogChunk } from '@nexomatic/contracts/sink-protocol';
import { toWire } from '@nexomatic/contracts/wire-bytes';
import type { LogEncoding } from '@nexomatic/db/entities/log-chunk';
import type { StoredChunk } from './stored-chunk.ts';

/** The bytes of a chunk as the module wrote them. */
export function plainBody({ body, encoding }: { body: Uint8Array; encoding?: LogEncoding | null }): Uint8Array {
  return encoding === 'gzip' ? gunzipSync(body, { maxOutputLength: maxChunkBytes }) : body;
}

const pack = promisify(gzip);
/** Less than this is hardly smaller when it is packed. */
const minPacked = 256;

/** Bytes that came packed, and what was in them. */
export interface PackedBody {
  gzip: Buffer;
  plain: Buffer;
}

/** A body as it is to be stored: packed, where that makes it smaller; as it came, where nothing was changed. */
export async function storedBody(
  plain: Uint8Array,
  came: PackedBody | null = null,
): Promise<{ body: Uint8Array; encoding: LogEncoding }> {
  if (came && came.gzip.length < plain.length && came.plain.equals(plain)) return { body: came.gzip, encoding: 'gzip' };
  const packed = plain.length < minPacked ? plain : await pack(plain);
  return packed.length < plain.length ? { body: packed, encoding: 'gzip' } : { body: plain, encoding: 'plain' };
}

/** A chunk as an agent sent it, unpacked. Null if that is no gzip, or more than a chunk may hold. */
export function unpackedChunk(sent: LogChunk): { chunk: PlainLogChunk; packed: PackedBody | null } | null {
  const { bytes, ...rest } = sent;
  if (!('gzip' in bytes)) return { chunk: { ...rest, bytes }, packed: null };
  try {
    const gzip = Buffer.from(bytes.gzip, 'base64');
    const plain = gunzipSync(gzip, { maxOutputLength: maxChunkBytes });
    return { chunk: { ...rest, bytes: toWire(plain) }, packed: { gzip, plain } };
  } catch {
    // Whoever made it is told that it is not taken.
    return null;
  }
}

/**
 * How many lines end in a chunk, or how many it stands for, and how many of them may be records of level error.
 */
export function measureChunk({ channel, body, lost }: Pick<StoredChunk, 'channel' | 'body' | 'lost'>): ChunkMeasure {
  if (lost) return { lines: lost.lines, errors: 0 };
  const lines = countLines(body);
  if (channel !== 'record') return { lines, errors: 0 };
  return { lines, errors: Buffer.from(body).toString('latin1').match(errorLevel)?.length ?? 0 };
}

interface ChunkMeasure {
  lines: number;
  errors: number;
}

function countLines(body: Uint8Array): number {
  let lines = 0;
  for (let at = body.indexOf(lineFeed); at !== -1; at = body.indexOf(lineFeed, at + 1)) lines += 1;
  return lines;
}

const lineFeed = 0x0a;
const errorLevel = /"level"\s*:\s*"error"/g;
