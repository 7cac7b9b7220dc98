import type { Id } from '@nexomatic/contracts/id';
import { type LogChannel, type LogLevel, logLevels } from '@nexomatic/contracts/sink-protocol';
import type { SqlRunner, SqlValue } from '../sql.ts';
import type { AttemptRef } from './attempts.ts';
import { bytes, idOf, idOrNull, repeat } from './rows.ts';

/** `marker`: what the hub says about the rest of a log that can not be searched. */
export type RecordChannel = LogChannel | 'marker';

/** What every line of an attempt has in common. */
export interface LogContext {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
  attempt: number;
  eventTypeId: Id<'eventType'>;
  sourceId: Id<'source'> | null;
  sinkId: Id<'sink'>;
}

export interface NewLogRecord {
  at: Date;
  seq: number;
  line: number;
  channel: RecordChannel;
  level: LogLevel | null;
  text: string;
  fields: string | null;
}

/** How a level is stored: so that its index is small, and 0 is what has none. */
export const levelNumber = (level: LogLevel | null): number => (level === null ? 0 : logLevels.indexOf(level) + 1);
export const levelOf = (number: number): LogLevel | null => logLevels[number - 1] ?? null;

/** Characters of a line, and of its fields, that can be searched. */
export const maxRecordText = 500;
export const maxRecordFields = 1_000;

/** Rows of one statement: with the longest texts, 1.5 MB of it. */
const rowsAtOnce = 500;

/**
 * Stores lines for the search. One that is there already stays as it is, unless more of its text has come since: a line
 * that was not ended yet is stored as far as it was written.
 */
export async function insertLogRecords(
  sql: SqlRunner,
  lines: { of: LogContext; record: NewLogRecord }[],
): Promise<void> {
  for (let from = 0; from < lines.length; from += rowsAtOnce) {
    const rows = lines.slice(from, from + rowsAtOnce);
    await sql.run(
      `INSERT INTO log_records (tenant_id, at, event_id, attempt, seq, line, level, channel, event_type_id, source_id, sink_id,
         text, fields)
       VALUES ${repeat('(?,?,?,?,?,?,?,?,?,?,?,?,?)', rows.length)}
       ON DUPLICATE KEY UPDATE text = IF(CHAR_LENGTH(VALUES(text)) > CHAR_LENGTH(text), VALUES(text), text)`,
      rows.flatMap(({ of, record }): SqlValue[] => [
        bytes(of.tenantId),
        record.at,
        bytes(of.eventId),
        of.attempt,
        record.seq,
        record.line,
        levelNumber(record.level),
        record.channel,
        bytes(of.eventTypeId),
        bytes(of.sourceId),
        bytes(of.sinkId),
        record.text,
        record.fields,
      ]),
    );
  }
}

/** The type and the source of events, by their ids. */
export async function findEventOrigins(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  eventIds: Id<'event'>[],
): Promise<Map<Id<'event'>, Pick<LogContext, 'eventTypeId' | 'sourceId'>>> {
  const rows = await sql.query<{ id: Buffer; event_type_id: Buffer; source_id: Buffer | null }>(
    'SELECT id, event_type_id, source_id FROM events WHERE tenant_id = ? AND id IN (?)',
    [bytes(tenantId), eventIds.map(bytes)],
  );
  return new Map(
    rows.map((row) => [
      idOf('event', row.id),
      { eventTypeId: idOf('eventType', row.event_type_id), sourceId: idOrNull('source', row.source_id) },
    ]),
  );
}

/** How many lines of an attempt can be searched, by channel. */
export async function countLogRecords(
  sql: SqlRunner,
  { tenantId, eventId, attempt }: AttemptRef,
): Promise<Map<RecordChannel, number>> {
  const rows = await sql.query<{ channel: RecordChannel; n: number }>(
    `SELECT channel, COUNT(*) AS n FROM log_records FORCE INDEX (log_records_by_event)
     WHERE tenant_id = ? AND event_id = ? AND attempt = ? GROUP BY channel`,
    [bytes(tenantId), bytes(eventId), attempt],
  );
  return new Map(rows.map(({ channel, n }) => [channel, Number(n)]));
}
