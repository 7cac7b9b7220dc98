import type { Id } from '@nexomatic/contracts/id';
import { type LogChannel, logChannels } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { LogChunk } from '@nexomatic/db/entities/log-chunk';
import { type ChunkOutline, outlineChunks } from '@nexomatic/db/ledger/log-chunks';
import { measureChunk, plainBody } from './chunk-body.ts';
import type { StoredChunk } from './stored-chunk.ts';

/** Whether a chunk of that number is known already, and need not be read. */
export type IsKnown = (seq: number) => boolean;

/** Somewhere that chunks of one attempt stand; a chunk may stand in several places while it is moved. */
export interface ChunkSource {
  /** The next chunks with a higher number, in order. Where all of them are known, none may be given. */
  after(seq: number, limit: number, isKnown?: IsKnown): Promise<StoredChunk[]>;
  /** All chunks, in order, without their bodies. */
  outline(): Promise<ChunkOutline[]>;
  /** The last chunk of this channel with a lower number; null, too, where it is known that none is behind the number `than`. */
  lastBefore(
    seq: number,
    channel: LogChannel,
    than?: { seq: number; isKnown: () => Promise<IsKnown> },
  ): Promise<StoredChunk | null>;
}

/** Those that stand in the database. */
export function hotChunks(db: Database, tenantId: Id<'tenant'>, eventId: Id<'event'>, attempt: number): ChunkSource {
  return {
    async after(seq, limit) {
      const where = { eventId, attempt, seq: { $gt: seq } };
      return (await db.tenantEm(tenantId).find(LogChunk, where, { orderBy: { seq: 'asc' }, limit })).map(unpacked);
    },
    outline: () => outlineChunks(db.sql, { tenantId, eventId, attempt }),
    async lastBefore(seq, channel) {
      const where = { eventId, attempt, channel, seq: { $lt: seq } };
      const [chunk] = await db.tenantEm(tenantId).find(LogChunk, where, { orderBy: { seq: 'desc' }, limit: 1 });
      return chunk ? unpacked(chunk) : null;
    },
  };
}

const unpacked = (row: LogChunk): StoredChunk => ({
  seq: row.seq,
  channel: row.channel,
  at: row.at,
  body: plainBody(row),
  ...placeOf(row),
});

/** What of a chunk numbers its lines. */
export function outlineOf(chunk: StoredChunk): ChunkOutline {
  const { seq, at, place, lost } = chunk;
  const mark = lost ? (lost.goesOn ? 'goes_on' : 'mark') : 'none';
  return { seq, at, ...measureChunk(chunk), before: place?.before ?? null, mark };
}

/** What a row says of where its chunk stands, and of what it stands for. */
export function placeOf(row: ChunkPlaceRow): Pick<StoredChunk, 'place' | 'lost'> {
  const { linesBefore = null, continues = null, lostWhy = null } = row;
  return {
    ...(linesBefore === null ? {} : { place: { before: linesBefore, continues: continues ?? 0 } }),
    ...(lostWhy === null ? {} : { lost: { lines: row.lineCount ?? 0, why: lostWhy, goesOn: Boolean(row.lostGoesOn) } }),
  };
}

/** The same for the row that a chunk is stored as. */
export const placeColumns = ({ place, lost }: Pick<StoredChunk, 'place' | 'lost'>) => ({
  linesBefore: place?.before ?? null,
  continues: place?.continues ?? null,
  lostWhy: lost?.why ?? null,
  lostGoesOn: lost?.goesOn ?? null,
});

interface ChunkPlaceRow {
  linesBefore?: number | null;
  continues?: number | null;
  lineCount?: number | null;
  lostWhy?: string | null;
  lostGoesOn?: number | boolean | null;
}

/**
 * Both as one, each chunk once. The hot ones are read first: a chunk that is missing there was deleted before, and so it was
 * said before that it stands in the archive.
 */
export function mergedChunks(hot: ChunkSource, archived: ChunkSource): ChunkSource {
  function merge<T extends { seq: number }>(first: T[], second: T[]): T[] {
    if (second.length === 0) return first;
    const bySeq = new Map([...second, ...first].map((chunk) => [chunk.seq, chunk]));
    return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
  }
  return {
    async after(seq, limit) {
      const first = await hot.after(seq, limit);
      const there = new Set(first.map((chunk) => chunk.seq));
      const last = first.length < limit ? Number.POSITIVE_INFINITY : (first.at(-1)?.seq ?? 0);
      const second = await archived.after(seq, limit, (one) => one > last || there.has(one));
      return merge(first, second).slice(0, limit);
    },
    async outline() {
      const first = await hot.outline();
      return merge(first, await archived.outline());
    },
    async lastBefore(seq, channel) {
      const first = await hot.lastBefore(seq, channel);
      const isKnown = async () => {
        const there = new Set((await hot.outline()).map((chunk) => chunk.seq));
        return (one: number) => there.has(one);
      };
      const second = await archived.lastBefore(seq, channel, { seq: first?.seq ?? -1, isKnown });
      return (second?.seq ?? -1) > (first?.seq ?? -1) ? second : first;
    },
  };
}

/** How far back the beginning of an unfinished line is looked for. */
const maxLookBackChunks = 64;

/** Of each channel, the chunks up to this number that may hold a line which goes on in later ones, in order. */
export async function openBefore({ lastBefore }: Pick<ChunkSource, 'lastBefore'>, seq: number): Promise<StoredChunk[]> {
  const found: StoredChunk[] = [];
  for (const channel of logChannels) {
    let below = seq + 1;
    for (let i = 0; i < maxLookBackChunks && below > 0; i++) {
      const chunk = await lastBefore(below, channel);
      if (!chunk) break;
      found.push(chunk);
      if (chunk.body.includes(0x0a)) break;
      below = chunk.seq;
    }
  }
  return found.sort((a, b) => a.seq - b.seq);
}
