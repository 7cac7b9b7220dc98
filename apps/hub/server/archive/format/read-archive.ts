import type { Id } from '@nexomatic/contracts/id';
import type { StoredChunk } from '../../logs/stored-chunk.ts';
import {
  ArchiveDamaged,
  type ArchiveFooter,
  type ArchiveHead,
  type ArchivePart,
  decompress,
  footerLength,
  fromFooter,
  headSchema,
  indexLineSchema,
} from './archive-file.ts';
import { fromLine, lineStart } from './archive-line.ts';

/** Some bytes of an object. */
export type ReadRange = (from: number, length: number) => Promise<Uint8Array>;

/** Which attempts stand in an object and where, by its own word: two small ranges are read. */
export async function readIndex(
  read: ReadRange,
  size: number,
): Promise<{ footer: ArchiveFooter; parts: ArchivePart[] }> {
  if (size < footerLength) throw new ArchiveDamaged('the object is too short to be an archive');
  const footer = fromFooter(await read(size - footerLength, footerLength));
  const { indexOffset, indexLength } = footer;
  if (indexOffset + indexLength !== size - footerLength)
    throw new ArchiveDamaged('the index is not where the footer says');
  const parts = linesOf(decompress(await read(indexOffset, indexLength))).map(parsePart);
  if (parts.length !== footer.parts)
    throw new ArchiveDamaged('the index does not hold as many logs as the footer says');
  return { footer, parts };
}

/** What the object says of itself as a whole: the frame before the first block. */
export async function readHead(read: ReadRange, parts: ArchivePart[]): Promise<ArchiveHead> {
  const length = Math.min(...parts.flatMap(({ blocks }) => blocks.map(([offset]) => offset)));
  if (!Number.isFinite(length)) throw new ArchiveDamaged('the object holds no logs');
  const head = headSchema.safeParse(parseJson(decompress(await read(0, length)).toString('utf8')));
  if (!head.success) throw new ArchiveDamaged('the object does not begin as an archive does');
  return head.data;
}

/** Of an unpacked block, the chunks of one attempt. They stand one after the other, and no text can hold how they begin. */
export function chunksOf(block: Buffer, eventId: Id<'event'>, attempt: number): StoredChunk[] {
  const start = Buffer.from(lineStart(eventId, attempt));
  const found: StoredChunk[] = [];
  for (let at = block.indexOf(start); at !== -1 && at < block.length; ) {
    const lineFeed = block.indexOf(0x0a, at);
    const end = lineFeed === -1 ? block.length : lineFeed;
    if (!block.subarray(at, at + start.length).equals(start)) break;
    found.push(parseChunk(block.toString('utf8', at, end)));
    at = end + 1;
  }
  return found;
}

const linesOf = (bytes: Buffer): string[] => bytes.toString('utf8').split('\n').filter(Boolean);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ArchiveDamaged('the object does not begin as an archive does', { cause });
  }
}

function parsePart(line: string): ArchivePart {
  try {
    return indexLineSchema.parse(JSON.parse(line));
  } catch (cause) {
    throw new ArchiveDamaged('a line of the index can not be read', { cause });
  }
}

function parseChunk(line: string): StoredChunk {
  try {
    return fromLine(line);
  } catch (cause) {
    throw new ArchiveDamaged('a line of the archive can not be read', { cause });
  }
}
