import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { LogIndex } from '@nexomatic/contracts/log-index';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import {
  findEventOrigins,
  insertLogRecords,
  type LogContext,
  type NewLogRecord,
} from '@nexomatic/db/ledger/log-records';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Logger } from '@nexomatic/logger';
import type { Definitions } from '../../definitions/definitions.ts';
import type { StoredChunk } from '../stored-chunk.ts';
import { begin, type Progress, read, resume } from './attempt-progress.ts';
import { createTenantBudget } from './index-limits.ts';

/** A chunk that is stored, and whose it is. */
export interface IndexedChunk extends StoredChunk {
  eventId: Id<'event'>;
  attempt: number;
  sinkId: Id<'sink'>;
}

/** Makes the lines of chunks searchable across events. Chunks of one attempt come in order, unless they are sent again. */
export type IndexRecords = (tenantId: Id<'tenant'>, chunks: IndexedChunk[]) => Promise<void>;

interface Deps {
  db: Database;
  definitions: Pick<Definitions, 'logIndex'>;
  clock: Clock;
  logger: Logger;
}

/** Attempts that are remembered; one that is not is looked up when its log goes on. */
const maxRemembered = 5_000;

/**
 * What can not be made searchable stays readable: only a database that is away just now is the sender's matter, who sends
 * the chunks again.
 */
export function createIndexRecords(deps: Deps): IndexRecords {
  const { db, definitions, clock, logger } = deps;
  const attempts = new Map<string, Progress>();
  const budget = createTenantBudget(clock);

  async function progressOf(tenantId: Id<'tenant'>, group: IndexedChunk[], origin: Origin): Promise<Progress | null> {
    const [first] = group;
    if (!first || !origin) return null;
    const { eventId, attempt, sinkId, seq } = first;
    const known = attempts.get(keyOf(first));
    if (known?.seq === seq - 1) return known;
    const context = { tenantId, eventId, attempt, sinkId, ...origin };
    return seq === 1 && !known ? begin(context) : resume(db, context, seq - 1);
  }

  function remember(key: string, progress: Progress): void {
    attempts.delete(key);
    attempts.set(key, progress);
    if (attempts.size > maxRemembered) for (const oldest of [...attempts.keys()].slice(0, 100)) attempts.delete(oldest);
  }

  async function originsOf(
    tenantId: Id<'tenant'>,
    asked: { key: string; first: IndexedChunk | undefined }[],
  ): Promise<Map<string, Origin>> {
    const unknown = asked.flatMap(({ key, first }) => (first && !attempts.has(key) ? [first.eventId] : []));
    const found = unknown.length > 0 ? await findEventOrigins(db.sql, tenantId, unknown) : new Map();
    return new Map(
      asked.map(({ key, first }) => [key, attempts.get(key)?.context ?? found.get(first?.eventId) ?? null]),
    );
  }

  async function index(tenantId: Id<'tenant'>, chunks: IndexedChunk[]): Promise<void> {
    const isWanted = wanted[await definitions.logIndex(tenantId)];
    if (!isWanted) return;
    const groups = [...Map.groupBy(chunks, keyOf)];
    const origins = await originsOf(
      tenantId,
      groups.map(([key, [first]]) => ({ key, first })),
    );
    const lines: { of: LogContext; record: NewLogRecord }[] = [];
    for (const [key, unsorted] of groups) {
      const group = unsorted.toSorted((a, b) => a.seq - b.seq);
      const progress = await progressOf(tenantId, group, origins.get(key) ?? null);
      if (!progress) continue;
      const next = { ...progress, open: new Map(progress.open) };
      for (const chunk of group)
        if (!isWanted(chunk.channel)) next.seq = chunk.seq;
        else for (const record of read(next, chunk, budget)) lines.push({ of: next.context, record });
      remember(key, next);
    }
    await insertLogRecords(db.sql, lines);
  }

  return async (tenantId, chunks) => {
    try {
      await index(tenantId, chunks);
    } catch (error) {
      for (const chunk of chunks) attempts.delete(keyOf(chunk));
      if (isUnavailable(error)) throw error;
      logger.error({ tenantId, error: error instanceof Error ? error.message : String(error) }, 'log.not_searchable');
    }
  };
}

/** Chunks of which channels are read, by what the tenant has chosen; null: of none. */
const wanted: Record<LogIndex, ((channel: LogChannel) => boolean) | null> = {
  all: () => true,
  records_and_stderr: (channel) => channel !== 'stdout',
  records: (channel) => channel === 'record',
  nothing: null,
};

type Origin = Pick<LogContext, 'eventTypeId' | 'sourceId'> | null;

const keyOf = ({ eventId, attempt }: { eventId: Id<'event'>; attempt: number }): string => `${eventId} ${attempt}`;
