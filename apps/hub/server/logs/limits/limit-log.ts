import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { LogLimits } from '@nexomatic/contracts/log-limits';
import { addLogVolume, lastChunkBelow, readLogVolume } from '@nexomatic/db/ledger/log-limits';
import type { Sql } from '@nexomatic/db/sql';
import type { Definitions } from '../../definitions/definitions.ts';
import type { StoredChunk } from '../stored-chunk.ts';
import { attemptIsFull, type Dropping, dayIsFull, droppingOf, markInPlaceOf } from './log-marks.ts';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
/** Agents that stop at the limit themselves have this much left for how the attempt ended. */
const lastWordsBytes = 256 * 1024;
/** How old the count of other hubs' logs may be. */
const countedForMs = 1_000;
/** Attempts that are remembered; one that is not is looked up when its log goes on. */
const maxRemembered = 5_000;

export interface LimitedChunk extends StoredChunk {
  eventId: Id<'event'>;
  attempt: number;
  /** Bytes of the attempt's log up to and with it. */
  logBytes: number;
}

/**
 * Of chunks that come, those that are to be stored: without what is beyond the limits of their tenant, and with one mark
 * where that begins. What was counted stands in the database, so that it holds for several hubs, and after a restart.
 */
export interface LimitLog {
  take<Chunk extends LimitedChunk>(tenantId: Id<'tenant'>, chunks: Chunk[]): Promise<Chunk[]>;
  /** Counts what was stored. */
  count(tenantId: Id<'tenant'>, chunks: LimitedChunk[]): Promise<void>;
}

interface Progress {
  seq: number;
  logBytes: number;
  dropping: Dropping['limit'] | null;
}

export function createLimitLog(deps: {
  sql: Sql;
  clock: Clock;
  definitions: Pick<Definitions, 'logLimits'>;
}): LimitLog {
  const { sql, clock, definitions } = deps;
  const attempts = new Map<string, Progress>();
  const days = new Map<Id<'tenant'>, { readAt: number; logBytes: number; until: string }>();

  async function today(tenantId: Id<'tenant'>) {
    const known = days.get(tenantId);
    if (known && clock.monotonic() - known.readAt < countedForMs) return known;
    const read = { ...(await readLogVolume(sql, tenantId)), readAt: clock.monotonic() };
    days.set(tenantId, read);
    return read;
  }

  async function progressOf(tenantId: Id<'tenant'>, { eventId, attempt, seq }: LimitedChunk): Promise<Progress> {
    const known = attempts.get(keyOf({ eventId, attempt }));
    if (known?.seq === seq - 1) return { ...known };
    if (seq === 1) return { seq: 0, logBytes: 0, dropping: null };
    const { logBytes, lostWhy, goesOn } = await lastChunkBelow(sql, { tenantId, eventId, attempt }, seq);
    return { seq: seq - 1, logBytes, dropping: droppingOf(lostWhy === null ? null : { why: lostWhy, goesOn }) };
  }

  function remember(key: string, progress: Progress): void {
    attempts.delete(key);
    attempts.set(key, progress);
    if (attempts.size > maxRemembered) for (const oldest of [...attempts.keys()].slice(0, 100)) attempts.delete(oldest);
  }

  return {
    async take(tenantId, chunks) {
      const limits = await definitions.logLimits(tenantId);
      const day = await today(tenantId);
      const dayBytes = limits.dayGiB === 0 ? Number.POSITIVE_INFINITY : limits.dayGiB * gibibyte;
      let left = dayBytes - day.logBytes;
      const taken: typeof chunks = [];
      for (const [key, unsorted] of Map.groupBy(chunks, keyOf)) {
        const group = unsorted.toSorted((a, b) => a.seq - b.seq);
        const [first] = group;
        if (!first) continue;
        const progress = await progressOf(tenantId, first);
        for (const chunk of group) {
          progress.seq = chunk.seq;
          const dropping = full(progress, chunk, limits, left, day.until);
          if (dropping && progress.dropping === dropping.limit) continue;
          progress.dropping = dropping?.limit ?? null;
          if (!dropping) progress.logBytes += chunk.body.length;
          if (!dropping) left -= chunk.body.length;
          const kept = dropping ? markInPlaceOf(chunk, dropping) : chunk;
          taken.push({ ...kept, logBytes: progress.logBytes });
        }
        remember(key, progress);
      }
      return taken;
    },
    async count(tenantId, chunks) {
      const logBytes = chunks.reduce((sum, { body }) => sum + body.length, 0);
      if (logBytes === 0) return;
      await addLogVolume(sql, tenantId, logBytes);
      const known = days.get(tenantId);
      if (known) known.logBytes += logBytes;
    },
  };
}

/** Why a chunk is not kept, if it is not. */
function full(
  { logBytes, dropping }: Progress,
  { body }: LimitedChunk,
  limits: LogLimits,
  left: number,
  until: string,
): Dropping | null {
  const most = limits.attemptMiB * mebibyte + lastWordsBytes;
  if (dropping === 'attempt' || logBytes + body.length > most) return attemptIsFull(limits);
  return left <= 0 ? dayIsFull(limits, until) : null;
}

const keyOf = ({ eventId, attempt }: { eventId: Id<'event'>; attempt: number }): string => `${eventId} ${attempt}`;
