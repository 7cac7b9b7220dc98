import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Attempt } from '@nexomatic/db/entities/attempt';
import { Event } from '@nexomatic/db/entities/event';
import type { ArchivedLogs } from '../archive/archived-logs.ts';
import { type ChunkSource, hotChunks, mergedChunks, openBefore } from './chunk-source.ts';
import type { StoredChunk } from './stored-chunk.ts';

/** What a reader of a log has to know about the attempt before it reads. */
export interface LogState {
  /** 0 while the event has none. */
  attempt: number;
  /** Set when nothing more can be written: whatever is read after this was seen is all there is. */
  finishedAt: Date | null;
  /** Highest number that the sink says it sent; 0 if it never said so. */
  announcedSeq: number;
  /** Lines that the log has by its sink's count; null if it never said so. */
  announcedLines?: number | null;
  /** The sink died or was cut off while it ran: what it had not sent is lost, and nobody knows how much that is. */
  lost: boolean;
  /** Whether any of it is read from the archive. */
  archived: boolean;
  /** Whether any of it is no longer kept: what is missing then may have been there. */
  forgotten: boolean;
}

/** What logs are read from. */
export interface LogDeps {
  db: Database;
  archivedLogs: ArchivedLogs;
}

/** The named attempt's log, or the latest one's; null if there is no such event or attempt in this tenant. */
export async function findLogState(
  { db, archivedLogs }: LogDeps,
  tenantId: Id<'tenant'>,
  eventId: Id<'event'>,
  attempt: number | undefined,
): Promise<LogState | null> {
  const em = db.tenantEm(tenantId);
  const fields = ['number', 'state', 'finishedAt', 'lastLogSeq', 'lastLogLine'] as const;
  const where = { eventId, ...(attempt === undefined ? {} : { number: attempt }) };
  const [row] = await em.find(Attempt, where, { fields, orderBy: { number: 'desc' }, limit: 1 });
  if (row) {
    const { number, finishedAt = null, lastLogSeq: announcedSeq, lastLogLine: announcedLines = null } = row;
    // What still runs is never archived.
    const standing = finishedAt ? await archivedLogs.standing(tenantId, eventId, number) : nothingMoved;
    return { attempt: number, finishedAt, announcedSeq, announcedLines, lost: row.state === 'LOST', ...standing };
  }
  if (attempt !== undefined) return null;
  const event = await em.findOne(Event, { id: eventId }, { fields: ['finishedAt'] });
  return event && { attempt: 0, finishedAt: event.finishedAt ?? null, announcedSeq: 0, lost: false, ...nothingMoved };
}

/** One attempt's chunks. */
export interface StoredLog extends Pick<ChunkSource, 'after' | 'outline'> {
  /** Of each channel, the chunks up to this number that may hold a line which goes on in later ones, in order. */
  openBefore(seq: number): Promise<StoredChunk[]>;
}

const nothingMoved = { archived: false, forgotten: false };

/** Reads a log wherever it stands: in the database, in the archive, or in part in each. */
export function storedLog(
  { db, archivedLogs }: LogDeps,
  tenantId: Id<'tenant'>,
  eventId: Id<'event'>,
  attempt: number,
): StoredLog {
  const hot = hotChunks(db, tenantId, eventId, attempt);
  const source = mergedChunks(hot, archivedLogs.chunks(tenantId, eventId, attempt));
  return { ...source, openBefore: (seq) => openBefore(source, seq) };
}
