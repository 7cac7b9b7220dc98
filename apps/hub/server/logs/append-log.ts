import { coalesce } from '@nexomatic/coalesce';
import type { Id } from '@nexomatic/contracts/id';
import type { LogChunk, PlainLogChunk } from '@nexomatic/contracts/sink-protocol';
import { findAttempts } from '@nexomatic/db/ledger/attempts';
import { insertLogChunks, type NewLogChunk } from '@nexomatic/db/ledger/log-chunks';
import { byTenant } from '@nexomatic/db/ledger/rows';
import { isUnavailable } from '@nexomatic/db/ledger/unavailable';
import type { Sql } from '@nexomatic/db/sql';
import type { LiveBus } from '@nexomatic/queue/live';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import type { MaskArrivals } from '../secrets/mask-arrivals.ts';
import { measureChunk, type PackedBody, storedBody, unpackedChunk } from './chunk-body.ts';
import { placeColumns } from './chunk-source.ts';
import type { LimitedChunk, LimitLog } from './limits/limit-log.ts';
import type { IndexRecords } from './search/index-records.ts';

interface Arrival {
  tenantId: Id<'tenant'>;
  sink: SinkIdentity;
  chunk: PlainLogChunk;
  /** Its bytes as they came, where that was packed. */
  packed: PackedBody | null;
}

const nothing = new Uint8Array(0);

export type AppendLogs = (sink: SinkIdentity, chunks: LogChunk[]) => Promise<('stored' | 'refused')[]>;

/**
 * Stores pieces of attempts' logs, as bytes and apart from the events. A sink may write to attempts that it holds, while
 * they run; a piece that is sent again changes nothing.
 */
export function createAppendLogs(deps: {
  sql: Sql;
  live: LiveBus;
  maskArrivals: MaskArrivals;
  indexRecords: IndexRecords;
  limitLog: LimitLog;
}): AppendLogs {
  const { sql, live, maskArrivals, indexRecords, limitLog } = deps;
  const appends = coalesce<Arrival, 'stored' | 'refused'>(
    async (batch) => {
      const stored = new Set<Arrival>();
      for (const [tenantId, group] of byTenant(batch)) {
        const chunks = group.map(({ chunk }) => chunk);
        const running = new Map(
          (await findAttempts(sql, tenantId, chunks))
            .filter(({ state }) => state === 'RUNNING')
            .map((holder) => [`${holder.eventId} ${holder.attempt}`, holder.sinkId]),
        );
        const accepted = group.filter(
          ({ sink, chunk }) => running.get(`${chunk.eventId} ${chunk.attempt}`) === sink.sinkId,
        );
        const bodies = await maskArrivals.chunks(
          tenantId,
          accepted.map(({ chunk }) => chunk),
        );
        const rows = accepted.map(({ sink, packed, chunk: { linesBefore, continues, lost, ...chunk } }, i) => ({
          ...chunk,
          tenantId,
          sinkId: sink.sinkId,
          at: new Date(chunk.at),
          body: bodies[i] ?? nothing,
          place: linesBefore === undefined ? null : { before: linesBefore, continues: continues ?? 0 },
          lost: lost ? { ...lost, goesOn: false } : null,
          packed,
          logBytes: 0,
        }));
        const kept = await limitLog.take(tenantId, rows);
        await insertLogChunks(sql, await Promise.all(kept.map(toRow)));
        await Promise.all([limitLog.count(tenantId, kept), indexRecords(tenantId, kept)]);
        for (const arrival of accepted) stored.add(arrival);
      }
      live.publish([...stored].map(({ tenantId, chunk }) => ({ tenantId, eventId: chunk.eventId })));
      return batch.map((arrival) => (stored.has(arrival) ? 'stored' : 'refused'));
    },
    { maxBatch: 200, isolate: (error) => !isUnavailable(error) },
  );

  return (sink, chunks) =>
    Promise.all(
      chunks.map(async (sent) => {
        const came = unpackedChunk(sent);
        return came ? appends.add({ tenantId: sink.tenantId, sink, ...came }) : 'refused';
      }),
    );
}

type Row = LimitedChunk & { tenantId: Id<'tenant'>; packed: PackedBody | null };

async function toRow({ packed, ...row }: Row): Promise<NewLogChunk> {
  return { ...row, ...measureChunk(row), ...(await storedBody(row.body, packed)), ...placeColumns(row) };
}
