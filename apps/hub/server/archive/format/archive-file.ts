import { createHash } from 'node:crypto';
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import type { Id } from '@nexomatic/contracts/id';
import * as z from 'zod';
import { outlineSchema } from './archive-outline.ts';

/**
 * The parts that an archive is made of; docs/log-archive.md describes the whole. Every part is a frame of Zstandard
 * (RFC 8878), so that `zstd -dc` makes plain lines of the object.
 */

/** What the first line of an object says. */
export const headSchema = z.object({
  format: z.literal('nexomatic-log-archive'),
  version: z.literal(1),
  tenant: z.string(),
  kind: z.enum(['output', 'records']),
  writtenAt: z.iso.datetime(),
});
export type ArchiveHead = z.infer<typeof headSchema>;
export type ArchiveKind = ArchiveHead['kind'];

/** Which bytes of the object hold a block, and the number of the first chunk in it of the attempt that asks. */
const blockSchema = z.tuple([z.int().min(0), z.int().min(1), z.int().min(0)]);
export const blocksSchema = z.array(blockSchema).min(1);
export type ArchiveBlock = z.infer<typeof blockSchema>;

/** What the index says about one attempt. */
export const indexLineSchema = z.object({
  event: z.string() as unknown as z.ZodType<Id<'event'>, string>,
  attempt: z.int().min(1),
  chunks: z.int().min(1),
  /** Of the chunks' own bytes. */
  bytes: z.int().min(0),
  seq: z.tuple([z.int(), z.int()]),
  /** When the first and the last chunk were written, in milliseconds. */
  at: z.tuple([z.int(), z.int()]),
  blocks: blocksSchema,
  outline: outlineSchema,
});
export type ArchivePart = z.infer<typeof indexLineSchema>;

/** A frame that decompressors skip (RFC 8878, 3.1.2), at the very end: where the index stands and what came before hashes to. */
export interface ArchiveFooter {
  indexOffset: number;
  indexLength: number;
  parts: number;
  /** SHA-256 of everything before the footer. */
  sha256: Uint8Array;
}

export const footerLength = 64;
const skippableFrame = 0x184d2a5e;
const mark = 'NXLA';
const version = 1;

export function toFooter({ indexOffset, indexLength, parts, sha256 }: ArchiveFooter): Buffer {
  const footer = Buffer.alloc(footerLength);
  footer.writeUInt32LE(skippableFrame, 0);
  footer.writeUInt32LE(footerLength - 8, 4);
  footer.write(mark, 8, 'latin1');
  footer.writeUInt16LE(version, 12);
  footer.writeBigUInt64LE(BigInt(indexOffset), 16);
  footer.writeUInt32LE(indexLength, 24);
  footer.writeUInt32LE(parts, 28);
  footer.set(sha256, 32);
  return footer;
}

/** An object that is not what this version writes, or no longer what was written. */
export class ArchiveDamaged extends Error {
  override name = 'ArchiveDamaged';
}

export function fromFooter(bytes: Uint8Array): ArchiveFooter {
  const footer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (
    footer.length !== footerLength ||
    footer.readUInt32LE(0) !== skippableFrame ||
    footer.toString('latin1', 8, 12) !== mark
  )
    throw new ArchiveDamaged('the object does not end as an archive does');
  if (footer.readUInt16LE(12) !== version)
    throw new ArchiveDamaged(`the archive is of version ${footer.readUInt16LE(12)}; this hub reads ${version}`);
  return {
    indexOffset: Number(footer.readBigUInt64LE(16)),
    indexLength: footer.readUInt32LE(24),
    parts: footer.readUInt32LE(28),
    sha256: footer.subarray(32),
  };
}

/** Largest that a frame may become: what is damaged must not take all memory. */
const maxFrameBytes = 128 * 1024 * 1024;

/** With a checksum of its content, so that changed bytes are found wherever a range is read. */
export const compress = (lines: Uint8Array): Buffer =>
  zstdCompressSync(lines, {
    params: { [constants.ZSTD_c_checksumFlag]: 1, [constants.ZSTD_c_compressionLevel]: 6 },
  });

export function decompress(frame: Uint8Array): Buffer {
  try {
    return zstdDecompressSync(frame, { maxOutputLength: maxFrameBytes });
  } catch (cause) {
    throw new ArchiveDamaged('a block of the archive can not be unpacked', { cause });
  }
}

export const sha256Of = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();
