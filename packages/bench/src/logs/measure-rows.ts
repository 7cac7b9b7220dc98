import { newId } from '@nexomatic/contracts/id';
import { insertLogChunks } from '@nexomatic/db/ledger/log-chunks';
import { insertLogRecords, type NewLogRecord } from '@nexomatic/db/ledger/log-records';
import type { Sql } from '@nexomatic/db/sql';
import type { ListTenant } from '../lists/list-tenant.ts';
import { microseconds } from '../measure/instant.ts';

export interface RowFigures {
  chunks: string;
  /** Lines a second that the database takes as chunks alone, and as chunks and rows for the search. */
  stored: number;
  searchable: number;
  /** Milliseconds that a chunk costs more. */
  more: number;
}

const rounds = 40;

/** What the rows for the search cost beside the chunks, one batch of the hub after another. */
export async function measureRows(
  sql: Sql,
  tenant: ListTenant,
  nowMs: number,
  [chunks, lines]: [chunks: number, lines: number],
): Promise<RowFigures> {
  const seconds = async (withRows: boolean): Promise<number> => {
    const from = microseconds();
    for (let round = 0; round < rounds; round += 1) await append(sql, tenant, nowMs + round, chunks, lines, withRows);
    return (microseconds() - from) / 1_000_000;
  };
  const [alone, both] = [await seconds(false), await seconds(true)];
  const all = rounds * chunks * lines;
  return {
    chunks: `${chunks} of ${lines} lines`,
    stored: all / alone,
    searchable: all / both,
    more: ((both - alone) * 1_000) / (rounds * chunks),
  };
}

async function append(sql: Sql, tenant: ListTenant, ms: number, chunks: number, lines: number, withRows: boolean) {
  const [type, sinkId] = [tenant.types.at(-1), tenant.sinks[0]];
  if (!type || !sinkId) throw new Error('the tenant has no type or no sink');
  const at = new Date(ms);
  const texts = Array.from({ length: lines }, (_, i) => `Fetched page ${i} of the catalogue in 12 ms, 480 products`);
  const body = Buffer.from(`${texts.join('\n')}\n`);
  const made = Array.from({ length: chunks }, () => newId('event'));
  await insertLogChunks(
    sql,
    made.map((eventId) => ({
      ...{ tenantId: tenant.id, eventId, attempt: 1, seq: 1, channel: 'stdout' as const, at, body },
      ...{ encoding: 'plain' as const, lines, errors: 0 },
    })),
  );
  if (!withRows) return;
  await insertLogRecords(
    sql,
    made.flatMap((eventId) => {
      const of = { tenantId: tenant.id, eventId, attempt: 1, eventTypeId: type.id, sourceId: null, sinkId };
      return texts.map((text, line) => ({
        of,
        record: { at, seq: 1, line, channel: 'stdout', level: null, text, fields: null } satisfies NewLogRecord,
      }));
    }),
  );
}
