import { createHash } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';
import { outlineOf } from '../../logs/chunk-source.ts';
import type { StoredChunk } from '../../logs/stored-chunk.ts';
import { type ArchiveKind, type ArchivePart, compress, toFooter } from './archive-file.ts';
import { toLine } from './archive-line.ts';
import { outlineEntry } from './archive-outline.ts';

/** Plain lines that a block holds before it is packed: what reading one short log costs, against how well it packs. */
const blockBytes = 256 * 1024;

export interface WrittenArchive {
  /** The object, to be sent one after the other. */
  pieces: Buffer[];
  size: number;
  sha256: Buffer;
  parts: ArchivePart[];
}

export interface ArchiveWriter {
  /** Chunks of one attempt come one after the other and in order. */
  add(eventId: Id<'event'>, attempt: number, chunk: StoredChunk): void;
  /** Bytes of plain lines so far. */
  readonly length: number;
  finish(): WrittenArchive;
}

/** Makes one object of many logs, in memory. */
export function createArchiveWriter(head: { tenant: Id<'tenant'>; kind: ArchiveKind; writtenAt: Date }): ArchiveWriter {
  const hash = createHash('sha256');
  const pieces: Buffer[] = [];
  const parts: ArchivePart[] = [];
  let offset = 0;
  let length = 0;
  let lines: Buffer[] = [];
  let linesLength = 0;
  /** Attempts with lines in the open block, each with the first of them: its place is known once the block is packed. */
  let open: { part: ArchivePart; firstSeq: number }[] = [];

  function append(piece: Buffer): void {
    hash.update(piece);
    pieces.push(piece);
    offset += piece.length;
  }

  function closeBlock(): void {
    if (linesLength === 0) return;
    const frame = compress(Buffer.concat(lines, linesLength));
    for (const { part, firstSeq } of open) part.blocks.push([offset, frame.length, firstSeq]);
    append(frame);
    lines = [];
    linesLength = 0;
    open = [];
  }

  const { tenant, kind, writtenAt } = head;
  const first = { format: 'nexomatic-log-archive', version: 1, tenant, kind, writtenAt: writtenAt.toISOString() };
  append(compress(Buffer.from(`${JSON.stringify(first)}\n`)));

  return {
    add(eventId, attempt, chunk) {
      let part = parts.at(-1);
      if (part?.event !== eventId || part.attempt !== attempt) {
        const at = chunk.at.getTime();
        part = {
          event: eventId,
          attempt,
          chunks: 0,
          bytes: 0,
          seq: [chunk.seq, chunk.seq],
          at: [at, at],
          blocks: [],
          outline: [],
        };
        parts.push(part);
      }
      if (open.at(-1)?.part !== part) open.push({ part, firstSeq: chunk.seq });
      part.chunks += 1;
      part.bytes += chunk.body.length;
      part.seq[1] = chunk.seq;
      part.outline.push(outlineEntry(outlineOf(chunk)));
      part.at = [Math.min(part.at[0], chunk.at.getTime()), Math.max(part.at[1], chunk.at.getTime())];
      const line = toLine(eventId, attempt, chunk);
      lines.push(line);
      linesLength += line.length;
      length += line.length;
      if (linesLength >= blockBytes) closeBlock();
    },
    get length() {
      return length;
    },
    finish() {
      closeBlock();
      const indexOffset = offset;
      const index = compress(Buffer.from(parts.map((part) => `${JSON.stringify(part)}\n`).join('')));
      append(index);
      const sha256 = hash.copy().digest();
      append(toFooter({ indexOffset, indexLength: index.length, parts: parts.length, sha256 }));
      return { pieces, size: offset, sha256: hash.digest(), parts };
    },
  };
}
