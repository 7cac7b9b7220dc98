import { isUtf8 } from 'node:buffer';
import type { Id } from '@nexomatic/contracts/id';
import { type LogChannel, logChannels } from '@nexomatic/contracts/sink-protocol';
import * as z from 'zod';
import type { StoredChunk } from '../../logs/stored-chunk.ts';

/** How one chunk stands in an archive: a line of JSON, as text where its bytes are UTF-8 and in base64 where not. */

const lineSchema = z.object({
  seq: z.int().min(0),
  channel: z.enum(logChannels),
  at: z.int(),
  text: z.string().optional(),
  base64: z.base64().optional(),
  /** Lines of the log before it, and the chunk whose last line goes on in it. */
  place: z.tuple([z.int(), z.int()]).optional(),
  lost: z.object({ lines: z.int(), why: z.string(), goesOn: z.boolean() }).optional(),
});

/** What the line of every chunk of this attempt begins with, so that others' lines need not be parsed. */
export const lineStart = (eventId: Id<'event'>, attempt: number): string =>
  `{"event":"${eventId}","attempt":${attempt},`;

export function toLine(eventId: Id<'event'>, attempt: number, chunk: StoredChunk): Buffer {
  const { seq, channel, at, body, place, lost } = chunk;
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.length);
  const value = isUtf8(bytes) ? { text: bytes.toString('utf8') } : { base64: bytes.toString('base64') };
  const where = place ? { place: [place.before, place.continues] } : {};
  const rest = JSON.stringify({ seq, channel, at: at.getTime(), ...value, ...where, ...(lost ? { lost } : {}) });
  return Buffer.from(`${lineStart(eventId, attempt)}${rest.slice(1)}\n`);
}

/** Throws for what is no line of a chunk. */
export function fromLine(line: string): StoredChunk {
  const { seq, channel, at, text, base64, place, lost } = lineSchema.parse(JSON.parse(line));
  const body = base64 === undefined ? Buffer.from(text ?? '', 'utf8') : Buffer.from(base64, 'base64');
  return {
    ...{ seq, channel: channel satisfies LogChannel, at: new Date(at), body },
    ...(place ? { place: { before: place[0], continues: place[1] } } : {}),
    ...(lost ? { lost } : {}),
  };
}
