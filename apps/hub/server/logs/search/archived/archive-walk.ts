import { setImmediate, setTimeout } from 'node:timers/promises';
import { BlobError } from '@nexomatic/blob-store/blob-store';
import type { ArchiveShare } from '@nexomatic/contracts/log-search-api';
import type { SearchablePart } from '@nexomatic/db/archived-parts';
import { partsOfAttempt } from '@nexomatic/db/ledger/log-archives';
import type { LogRow } from '@nexomatic/db/log-conditions';
import type { SqlRunner } from '@nexomatic/db/sql';
import type { ArchivedLogs } from '../../../archive/archived-logs.ts';
import { ArchiveDamaged } from '../../../archive/format/archive-file.ts';
import type { StoredChunk } from '../../stored-chunk.ts';
import { toRecord } from '../to-record.ts';
import { linesOfBlock } from './lines-of-block.ts';
import { createSegmentQueue, type SegmentsAsked } from './segment-queue.ts';
import { type Segment, segmentOf } from './segments.ts';

/** Blocks that are read ahead of the one that is looked at: a store far away answers many as fast as one. */
const blocksAhead = 8;
/** How long a search waits for one block: people who look for lines that are not archived should not wait for a store. */
const answerWithinMs = 3_000;

export interface WalkDeps {
  sql: SqlRunner;
  archivedLogs: Pick<ArchivedLogs, 'block'>;
}

/** The lines of archived logs, a block at a time, those of the youngest block first. */
export interface ArchiveWalk {
  /** The lines of the next block; null when there are none left. */
  next(): Promise<LogRow[] | null>;
  /** Lines that were not given yet are as old as this or older, in milliseconds; minus infinity when there are none. */
  floor(): number;
  share(): Pick<ArchiveShare, 'opened' | 'unavailable'>;
}

/** Begins to walk; nothing is opened where no part can hold what is asked for. */
export async function openArchiveWalk({ sql, archivedLogs }: WalkDeps, asked: SegmentsAsked): Promise<ArchiveWalk> {
  const { tenantId } = asked;
  const queue = createSegmentQueue(sql, asked);
  const opened = new Set<string>();
  const unreadable = new Set<string>();
  const ahead = new Map<Segment, Promise<StoredChunk[]>>();
  let away = false;
  await queue.fill();

  function blockOf(segment: Segment, index: number): Promise<StoredChunk[]> {
    const read = index === segment.index ? ahead.get(segment) : undefined;
    const block = segment.blocks[index];
    return read ?? (block ? inTime(archivedLogs.block(tenantId, segment.part, block)) : Promise.resolve([]));
  }

  function readAhead(): void {
    for (const segment of queue.peek(blocksAhead)) {
      if (segment.index === null || ahead.has(segment)) continue;
      const reading = blockOf(segment, segment.index);
      ahead.set(segment, reading);
      // What can not be read is told when it is its turn.
      reading.catch(() => undefined);
    }
  }

  async function rowsOf(segment: Segment): Promise<LogRow[]> {
    const { part, blocks, index } = segment;
    const { kind, eventId, attempt, eventTypeId, sourceId, sinkId } = part;
    const read = (at: number) => blockOf(segment, at);
    const lines = await linesOfBlock({ kind, count: blocks.length, read }, index ?? 0);
    return lines.flatMap((line) => {
      const record = toRecord(line);
      return record ? [{ ...record, eventId, attempt, eventTypeId, sourceId, sinkId }] : [];
    });
  }

  /** A store that is away is away for all; an object that is gone or damaged is so by itself. */
  async function failed(segment: Segment, error: unknown): Promise<void> {
    const { part } = segment;
    if (error instanceof BlobError && (error.fault === 'unavailable' || error.fault === 'denied')) {
      away = true;
      return;
    }
    if (!(error instanceof BlobError || error instanceof ArchiveDamaged)) throw error;
    const rows = await partsOfAttempt(sql, tenantId, part.eventId, part.attempt);
    const now = rows.find(({ kind, blocks }) => kind === part.kind && blocks !== '');
    if (now && now.archiveId !== part.archiveId) {
      const moved = { ...part, archiveId: now.archiveId, blocks: now.blocks };
      queue.put(segmentOf(moved, { ...asked, to: segment.youngest }));
    } else if (now) unreadable.add(logOf(part));
  }

  return {
    async next() {
      const segment = away ? undefined : queue.take();
      if (!segment) return null;
      opened.add(logOf(segment.part));
      const reading = rowsOf(segment);
      readAhead();
      let rows: LogRow[] = [];
      try {
        rows = await reading;
      } catch (error) {
        await failed(segment, error);
      }
      ahead.delete(segment);
      await queue.fill();
      // Reading lines takes milliseconds, and the hub has others to answer.
      await setImmediate();
      return rows;
    },
    floor: () => (away ? Number.NEGATIVE_INFINITY : (queue.peek(1)[0]?.youngest ?? Number.NEGATIVE_INFINITY)),
    share: () => ({ opened: opened.size, unavailable: away ? storeAway : unreadableLogs(unreadable.size) }),
  };
}

const logOf = ({ eventId, attempt }: SearchablePart): string => `${eventId} ${attempt}`;

async function inTime<T>(reading: Promise<T>): Promise<T> {
  const end = new AbortController();
  const late = setTimeout(answerWithinMs, undefined, { signal: end.signal }).then(() => {
    throw new BlobError('unavailable', `a block did not come within ${answerWithinMs} ms`);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    end.abort();
  }
}

const storeAway =
  'Archived lines are left out here: the archive is temporarily unavailable. Nothing of them is lost; try again in a few minutes.';

function unreadableLogs(count: number): string | null {
  if (count === 0) return null;
  const which = count === 1 ? 'one archived log' : `${count} archived logs`;
  return `Lines of ${which} are left out here: the archive does not hold what was stored there.`;
}
