import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { StoredChunk } from '../stored-chunk.ts';

/** A line by where it begins, which stays the same however its chunks are cut and sent again. */
export interface BegunLine {
  /** Of the chunk in which it begins. */
  seq: number;
  /** Line feeds that stand before it in that chunk. */
  line: number;
  at: Date;
  channel: LogChannel;
  /** Without its end. Of a very long line only the beginning. */
  bytes: Uint8Array;
  ended: boolean;
  /** The chunk that it was read up to. */
  last: number;
}

/** Of a record everything is needed to read it; of output only what is searched. */
const keptBytes: Record<LogChannel, number> = { record: 256 * 1024, stdout: 4 * 1024, stderr: 4 * 1024 };

const lineFeed = 0x0a;

/** The chunk's lines, and first the one that an earlier chunk of the channel has left open. */
export function linesOf(chunk: StoredChunk, before: BegunLine | null): BegunLine[] {
  const { seq, channel, at, body, place } = chunk;
  // Where what went on with the line is missing, its beginning stays a line of its own.
  const open = place && before?.last !== place.continues ? null : before;
  const lines: BegunLine[] = [];
  let start = 0;
  for (let line = 0; start < body.length; line++) {
    const found = body.indexOf(lineFeed, start);
    const end = found === -1 ? body.length : found;
    const bytes = body.subarray(start, Math.min(end, start + keptBytes[channel]));
    const ended = found !== -1;
    lines.push(
      line === 0 && open ? longer(open, bytes, ended, seq) : { seq, line, at, channel, bytes, ended, last: seq },
    );
    start = end + 1;
  }
  return lines;
}

/** Puts lines together that the borders of chunks have cut; chunks come in order. */
export interface BegunLineReader {
  /** The lines that end in the next chunk, and any that can not go on any more. */
  read(chunk: StoredChunk): BegunLine[];
  /** Those that have not ended so far. */
  open(): BegunLine[];
}

/** Reads the lines of one log. */
export function createBegunLineReader(): BegunLineReader {
  const opened = new Map<LogChannel, BegunLine>();
  return {
    read(chunk) {
      const before = opened.get(chunk.channel) ?? null;
      const lines = linesOf(chunk, before);
      const [first] = lines;
      if (!first) return lines;
      if (before && (first.seq !== before.seq || first.line !== before.line)) lines.unshift(before);
      const last = lines.at(-1);
      if (last && !last.ended) opened.set(chunk.channel, { ...last, bytes: Buffer.from(last.bytes) });
      else opened.delete(chunk.channel);
      return last?.ended ? lines : lines.slice(0, -1);
    },
    open: () => [...opened.values()],
  };
}

function longer(open: BegunLine, more: Uint8Array, ended: boolean, last: number): BegunLine {
  const room = keptBytes[open.channel] - open.bytes.length;
  return { ...open, bytes: room > 0 ? Buffer.concat([open.bytes, more.subarray(0, room)]) : open.bytes, ended, last };
}
