import { Buffer } from 'node:buffer';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import { freeAtOnce } from './free-at-once.ts';

/** Bytes of one chunk at most. */
export const chunkBytes = 64 * 1024;
/**
 * Pieces kept apart between two flushes. Output that changes between channels keeps its order by beginning a new
 * piece at each change; a module that changes thousands of times a second gets fewer, larger pieces instead.
 */
const mostPieces = 32;

/** A numbered part of the log, ready to be sent. */
export interface NumberedChunk {
  seq: number;
  channel: LogChannel;
  at: number;
  bytes: Uint8Array;
  /** Line feeds of the log before it, in what was dropped too. */
  linesBefore: number;
  /** The chunk whose last line goes on here; 0 where it begins with a line. */
  continues: number;
  /** It is a mark, in place of what was dropped. */
  lost?: { lines: number; why: string };
}

/** What was dropped in one place. */
export interface Dropped {
  bytes: number;
  lines: number;
  /** Of each channel that it was of, whether it ended with a line. */
  ended: Map<LogChannel, boolean>;
}

interface Piece {
  channel: LogChannel;
  at: number;
  parts: Uint8Array[];
  size: number;
  mark?: { why: string; dropped: Dropped };
}

export const newline = 0x0a;

/**
 * Gathers what an attempt writes and cuts it into chunks that are numbered from 1 over all channels, without gaps.
 * Chunks end at the end of a line where they can, and never inside a UTF-8 character.
 */
export class Chunker {
  #pieces: Piece[] = [];
  #seq = 0;
  #size = 0;
  #lines = 0;
  /** Of each channel, the chunk that it was last in, and whether that ended with a line. */
  readonly #last = new Map<LogChannel, { seq: number; ended: boolean }>();

  /** Bytes that wait to be taken. */
  get size(): number {
    return this.#size;
  }

  get lastSeq(): number {
    return this.#seq;
  }

  /** Lines in what was taken, and in what was dropped. */
  get lines(): number {
    return this.#lines;
  }

  /** Takes the bytes over: whoever gives them may not change or read them any more. */
  write(channel: LogChannel, bytes: Uint8Array, at: number): void {
    if (bytes.length === 0) return;
    this.#size += bytes.length;
    const piece = this.#pieceFor(channel);
    if (piece) {
      piece.parts.push(bytes);
      piece.size += bytes.length;
    } else {
      this.#pieces.push({ channel, at, parts: [bytes], size: bytes.length });
    }
  }

  /** A record about what was dropped here. It is a chunk of its own, and nothing is put together across it. */
  mark(bytes: Uint8Array, at: number, mark: { why: string; dropped: Dropped }): void {
    this.#size += bytes.length;
    this.#pieces.push({ channel: 'record', at, parts: [bytes], size: bytes.length, mark });
  }

  /**
   * Takes about `limit` bytes. An unfinished line at the end of a channel is held back once, so that it can be
   * completed; `final` takes it too.
   */
  take(limit: number, final: boolean): NumberedChunk[] {
    const taken: NumberedChunk[] = [];
    const kept: Piece[] = [];
    let size = 0;
    for (const [index, piece] of this.#pieces.entries()) {
      if (size >= limit) {
        kept.push(piece);
        continue;
      }
      size += piece.size;
      const bytes = joined(piece);
      const end = final || this.#goesOn(index) ? bytes.length : finishedPart(piece.channel, bytes);
      for (const part of cut(piece.channel, bytes.subarray(0, end))) taken.push(this.#number(piece, part));
      if (end < bytes.length) kept.push({ ...piece, parts: [bytes.subarray(end)], size: bytes.length - end });
    }
    this.#pieces = kept;
    this.#size = kept.reduce((sum, piece) => sum + piece.size, 0);
    return taken;
  }

  #number({ channel, at, mark }: Piece, bytes: Uint8Array): NumberedChunk {
    this.#seq += 1;
    const seq = this.#seq;
    const last = this.#last.get(channel);
    const chunk = {
      seq,
      channel,
      at,
      bytes,
      linesBefore: this.#lines,
      continues: last?.ended === false ? last.seq : 0,
    };
    if (!mark) {
      this.#lines += countLines(bytes);
      this.#last.set(channel, { seq, ended: bytes.at(-1) === newline });
      return chunk;
    }
    const { lines, ended } = mark.dropped;
    // Where no line was lost as a whole the record is a line of its own.
    this.#lines += Math.max(1, lines);
    for (const [of, whole] of ended) this.#last.set(of, { seq, ended: whole });
    return { ...chunk, lost: { lines, why: mark.why } };
  }

  #pieceFor(channel: LogChannel): Piece | undefined {
    const last = this.#pieces.at(-1);
    if (last?.channel === channel && !last.mark) return last;
    if (this.#pieces.length < mostPieces) return undefined;
    const behind = this.#pieces.slice(this.#pieces.findLastIndex(({ mark }) => mark) + 1);
    return behind.findLast((piece) => piece.channel === channel);
  }

  /** Whether a later piece of the same channel follows, or a mark, so that nothing can be added to this one any more. */
  #goesOn(index: number): boolean {
    const channel = this.#pieces[index]?.channel;
    return this.#pieces.some((piece, later) => later > index && (piece.channel === channel || piece.mark));
  }
}

/** The piece's bytes in one; its parts are not to be read after this. */
function joined({ parts, size }: Piece): Uint8Array {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const bytes = Buffer.concat(parts, size);
  for (const part of parts) freeAtOnce(part);
  return bytes;
}

/** How many bytes make whole lines; if there is no line end at all, how many make whole characters. */
function finishedPart(channel: LogChannel, bytes: Uint8Array): number {
  if (channel === 'record') return bytes.length;
  const lineEnd = bytes.lastIndexOf(newline);
  return lineEnd >= 0 ? lineEnd + 1 : wholeCharacters(bytes, bytes.length);
}

function cut(channel: LogChannel, bytes: Uint8Array): Uint8Array[] {
  const parts: Uint8Array[] = [];
  let at = 0;
  while (bytes.length - at > chunkBytes) {
    const end = at + partLength(channel, bytes.subarray(at));
    parts.push(bytes.subarray(at, end));
    at = end;
  }
  if (at < bytes.length) parts.push(bytes.subarray(at));
  return parts;
}

/** Where to cut bytes that are too many for one chunk. A record is never cut, however long: its line is one JSON value. */
function partLength(channel: LogChannel, bytes: Uint8Array): number {
  const lineEnd = bytes.lastIndexOf(newline, chunkBytes - 1);
  if (lineEnd >= 0) return lineEnd + 1;
  if (channel === 'record') return bytes.indexOf(newline) + 1 || bytes.length;
  return wholeCharacters(bytes, chunkBytes);
}

/** How many of the first `length` bytes are left without a UTF-8 character that would be cut in two. At least 1. */
function wholeCharacters(bytes: Uint8Array, length: number): number {
  for (let back = 1; back <= Math.min(3, length - 1); back += 1) {
    const byte = bytes[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) return lengthOfCharacter(byte) > back ? length - back : length;
  }
  return length;
}

function lengthOfCharacter(lead: number): number {
  if (lead >= 0xf0) return 4;
  return lead >= 0xe0 ? 3 : 2;
}

/** Line feeds in them. A loop, because a search for each costs more where lines are short. */
export function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (let at = 0; at < bytes.length; at += 1) if (bytes[at] === newline) lines += 1;
  return lines;
}
