import type { Id } from '@nexomatic/contracts/id';
import { logChannels } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { Attempt } from '@nexomatic/db/entities/attempt';
import { Event } from '@nexomatic/db/entities/event';
import { LogChunk } from '@nexomatic/db/entities/log-chunk';
import { type ChunkOutline, outlineChunks } from '@nexomatic/db/ledger/log-chunks';
import { plainBody } from './chunk-body.ts';
import type { StoredChunk } from './log-lines.ts';

/** What a reader of a log has to know about the attempt before it reads. */
export interface LogState {
  /** 0 while the event has none. */
  attempt: number;
  /** Set when nothing more can be written: whatever is read after this was seen is all there is. */
  finishedAt: Date | null;
  /** Highest number that the sink says it sent; 0 if it never said so. */
  announcedSeq: number;
}

/** The named attempt's log, or the latest one's; null if there is no such event or attempt in this tenant. */
export async function findLogState(
  db: Database,
  tenantId: Id<'tenant'>,
  eventId: Id<'event'>,
  attempt: number | undefined,
): Promise<LogState | null> {
  const em = db.tenantEm(tenantId);
  const fields = ['number', 'finishedAt', 'lastLogSeq'] as const;
  const where = { eventId, ...(attempt === undefined ? {} : { number: attempt }) };
  const [row] = await em.find(Attempt, where, { fields, orderBy: { number: 'desc' }, limit: 1 });
  if (row) return { attempt: row.number, finishedAt: row.finishedAt ?? null, announcedSeq: row.lastLogSeq };
  if (attempt !== undefined) return null;
  const event = await em.findOne(Event, { id: eventId }, { fields: ['finishedAt'] });
  return event && { attempt: 0, finishedAt: event.finishedAt ?? null, announcedSeq: 0 };
}

/** One attempt's chunks. */
export interface StoredLog {
  /** The next chunks with a higher number, in order. */
  after(seq: number, limit: number): Promise<StoredChunk[]>;
  /** All chunks, in order, without their bodies. */
  outline(): Promise<ChunkOutline[]>;
  /** Of each channel, the chunks up to this number that may hold a line which goes on in later ones, in order. */
  openBefore(seq: number): Promise<StoredChunk[]>;
}

/** How far back the beginning of an unfinished line is looked for. */
const maxLookBackChunks = 64;

export function storedLog(db: Database, tenantId: Id<'tenant'>, eventId: Id<'event'>, attempt: number): StoredLog {
  return {
    async after(seq, limit) {
      const where = { eventId, attempt, seq: { $gt: seq } };
      return (await db.tenantEm(tenantId).find(LogChunk, where, { orderBy: { seq: 'asc' }, limit })).map(unpacked);
    },
    outline: () => outlineChunks(db.sql, { tenantId, eventId, attempt }),
    async openBefore(seq) {
      const found: StoredChunk[] = [];
      for (const channel of logChannels) {
        let below = seq + 1;
        for (let i = 0; i < maxLookBackChunks && below > 0; i++) {
          const where = { eventId, attempt, channel, seq: { $lt: below } };
          const [chunk] = await db.tenantEm(tenantId).find(LogChunk, where, { orderBy: { seq: 'desc' }, limit: 1 });
          if (!chunk) break;
          const whole = unpacked(chunk);
          found.push(whole);
          if (whole.body.includes(0x0a)) break;
          below = chunk.seq;
        }
      }
      return found.sort((a, b) => a.seq - b.seq);
    },
  };
}

const unpacked = (row: LogChunk): StoredChunk => ({
  seq: row.seq,
  channel: row.channel,
  at: row.at,
  body: plainBody(row),
});
