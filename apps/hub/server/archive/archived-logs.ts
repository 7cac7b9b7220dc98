import { BlobError } from '@nexomatic/blob-store/blob-store';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Id } from '@nexomatic/contracts/id';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import {
  type ArchivePartRow,
  type KeptPartRow,
  outlinesOfAttempt,
  partsOfAttempt,
} from '@nexomatic/db/ledger/log-archives';
import { type FoldText, readLetters } from '@nexomatic/db/letters';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { ChunkSource, IsKnown } from '../logs/chunk-source.ts';
import type { StoredChunk } from '../logs/stored-chunk.ts';
import type { Blobs } from './blobs.ts';
import { createBlockCache } from './block-cache.ts';
import { type ArchiveBlock, ArchiveDamaged, blocksSchema } from './format/archive-file.ts';
import { outlineFrom, outlineSchema } from './format/archive-outline.ts';
import { chunksOf } from './format/read-archive.ts';
import { readBlock } from './read-block.ts';
import { archiveKey } from './store-archive.ts';

export interface ArchivedLogs {
  /** Whether any of the attempt's log is read from an archive, and whether any of it is no longer kept. */
  standing(
    tenantId: Id<'tenant'>,
    eventId: Id<'event'>,
    attempt: number,
  ): Promise<{ archived: boolean; forgotten: boolean }>;
  /** The part of an attempt's log that stands in archives. Refuses with `archive_unavailable` while they can't be read. */
  chunks(tenantId: Id<'tenant'>, eventId: Id<'event'>, attempt: number): ChunkSource;
  /** What one block of an object holds of a log. Throws what the store throws, and `ArchiveDamaged`. */
  block(tenantId: Id<'tenant'>, log: LogInArchive, block: ArchiveBlock): Promise<StoredChunk[]>;
  /** How texts of archived lines are compared: as the database compares those that stand in it, which is asked once. */
  letters(): Promise<FoldText>;
}

/** A log, and the object in which it stands. */
export type LogInArchive = Pick<ArchivePartRow, 'archiveId' | 'eventId' | 'attempt'>;

/** How many blocks back the beginning of a line is looked for that goes on in a later one. */
export const maxBlocksBack = 4;

/** Reads logs out of archives, a block at a time; blocks that were read lately are kept. */
export function createArchivedLogs(deps: { sql: Sql; blobs: Blobs; logger: Logger }): ArchivedLogs {
  const { sql, blobs, logger } = deps;
  const cache = createBlockCache();
  let letters: FoldText | null = null;

  const chunksIn: ArchivedLogs['block'] = async (tenantId, { archiveId, eventId, attempt }, block) => {
    const unpacked = await cache.get(`${archiveId} ${block[0]}`, async () =>
      readBlock(await blobs.store(), archiveKey(tenantId, archiveId), block),
    );
    return chunksOf(unpacked, eventId, attempt);
  };

  function chunks(tenantId: Id<'tenant'>, eventId: Id<'event'>, attempt: number): ChunkSource {
    const parts = async () => (await partsOfAttempt(sql, tenantId, eventId, attempt)).filter(isKept);

    /** Where logs stand is looked up for each call, and again when an object is gone: its logs may have moved to another. */
    async function inParts<T>(work: (parts: KeptPartRow[]) => Promise<T>): Promise<T> {
      const before = await parts();
      try {
        return await work(before);
      } catch (error) {
        if (!(error instanceof BlobError || error instanceof ArchiveDamaged)) throw error;
        const after = await parts();
        const placesOf = (rows: ArchivePartRow[]) => rows.map(({ archiveId }) => archiveId).join();
        if (placesOf(after) !== placesOf(before)) return await work(after);
        logger.warn({ tenantId, eventId, attempt, error: error.message }, 'archive.unreadable');
        throw new NexomaticError('archive_unavailable', unavailable, { cause: error });
      }
    }

    async function after(part: ArchivePartRow, seq: number, limit: number): Promise<StoredChunk[]> {
      const blocks = blocksOf(part);
      const found: StoredChunk[] = [];
      const first = Math.max(
        0,
        blocks.findLastIndex(([, , firstSeq]) => firstSeq <= seq + 1),
      );
      for (const block of blocks.slice(first)) {
        found.push(...(await chunksIn(tenantId, part, block)).filter((chunk) => chunk.seq > seq));
        if (found.length >= limit) break;
      }
      return found;
    }

    async function lastBefore(part: ArchivePartRow, seq: number, channel: LogChannel): Promise<StoredChunk | null> {
      const blocks = blocksOf(part).filter(([, , firstSeq]) => firstSeq < seq);
      for (const block of blocks.slice(-maxBlocksBack).toReversed()) {
        const found = (await chunksIn(tenantId, part, block)).findLast(
          (chunk) => chunk.seq < seq && chunk.channel === channel,
        );
        if (found) return found;
      }
      return null;
    }

    /** Of a log that stands in the database again, whether the chunks between two numbers do, so that nothing is to be read. */
    async function isThere(part: KeptPartRow, [above, below]: [number, number], isKnown: IsKnown, limit?: number) {
      if (part.hotSince === null) return false;
      const outlines = await outlinesOfAttempt(sql, tenantId, eventId, attempt, part.kind);
      const wanted = outlines
        .flatMap((text) => outlineSchema.parse(JSON.parse(text)))
        .filter(([seq]) => seq > above && seq < below)
        .slice(0, limit);
      return wanted.every(([seq]) => isKnown(seq));
    }

    async function missing(all: KeptPartRow[], between: [number, number], isKnown: IsKnown, limit?: number) {
      const there = await Promise.all(all.map((part) => isThere(part, between, isKnown, limit)));
      return all.filter((_part, i) => !there[i]);
    }

    return {
      after: (seq, limit, isKnown = () => false) =>
        inParts(async (every) => {
          const rows = await missing(every, [seq, Number.POSITIVE_INFINITY], isKnown, limit);
          const all = await Promise.all(rows.map((part) => after(part, seq, limit)));
          return all
            .flat()
            .sort((a, b) => a.seq - b.seq)
            .slice(0, limit);
        }),
      async outline() {
        const outlines = await outlinesOfAttempt(sql, tenantId, eventId, attempt);
        return outlines
          .flatMap((text) => outlineSchema.parse(JSON.parse(text)))
          .map(outlineFrom)
          .sort((a, b) => a.seq - b.seq);
      },
      lastBefore: (seq, channel, than) =>
        inParts(async (rows) => {
          const part = rows.find(({ kind }) => (kind === 'records') === (channel === 'record'));
          if (!part) return null;
          const isHot = part.hotSince !== null && than !== undefined;
          if (isHot && (await isThere(part, [than.seq, seq], await than.isKnown()))) return null;
          return await lastBefore(part, seq, channel);
        }),
    };
  }

  return {
    chunks,
    block: chunksIn,
    async letters() {
      letters ??= await readLetters(sql);
      return letters;
    },
    async standing(tenantId, eventId, attempt) {
      const parts = await partsOfAttempt(sql, tenantId, eventId, attempt);
      const kept = parts.filter(isKept);
      return { archived: kept.some(({ hotSince }) => hotSince === null), forgotten: kept.length < parts.length };
    },
  };
}

const unavailable =
  'This log is archived, and the archive is temporarily unavailable. Nothing of it is lost; try again in a few minutes.';

const isKept = ({ blocks }: ArchivePartRow): boolean => blocks !== '';

const blocksOf = (part: ArchivePartRow): ArchiveBlock[] => blocksSchema.parse(JSON.parse(part.blocks));
