import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { LogEncoding } from '../entities/log-chunk.ts';
import type { SqlRunner, SqlValue } from '../sql.ts';
import type { AttemptRef } from './attempts.ts';
import { bytes, repeat } from './rows.ts';

export interface NewLogChunk extends AttemptRef {
  seq: number;
  channel: LogChannel;
  at: Date;
  body: Uint8Array;
  encoding: LogEncoding;
  /** Line feeds in the plain body; of a mark, the lines that were lost. */
  lines: number;
  /** Records of level error in it, or more. */
  errors: number;
  /** Lines of the log before it, and the chunk whose last line goes on here; none where its agent does not count. */
  linesBefore?: number | null;
  continues?: number | null;
  /** Set: a mark of what was lost, and whether what comes behind it is lost too. */
  lostWhy?: string | null;
  lostGoesOn?: boolean | null;
  /** Bytes of the attempt's log up to and with this chunk, plain; none where nobody counted. */
  logBytes?: number | null;
}

/** Stores chunks; a number that is already there stays as it is. */
export async function insertLogChunks(tx: SqlRunner, chunks: NewLogChunk[]): Promise<void> {
  if (chunks.length === 0) return;
  await tx.run(
    `INSERT INTO log_chunks (${columns.join(', ')})
     VALUES ${repeat(`(${columns.map(() => '?').join(',')})`, chunks.length)} ON DUPLICATE KEY UPDATE seq = seq`,
    chunks.flatMap((chunk): SqlValue[] => [
      bytes(chunk.tenantId),
      bytes(chunk.eventId),
      chunk.attempt,
      chunk.seq,
      chunk.channel,
      chunk.at,
      chunk.body,
      chunk.encoding,
      chunk.lines,
      chunk.errors,
      chunk.linesBefore ?? null,
      chunk.continues ?? null,
      chunk.lostWhy ?? null,
      chunk.lostGoesOn ?? null,
      chunk.logBytes ?? null,
    ]),
  );
}

const columns = [
  ...['tenant_id', 'event_id', 'attempt', 'seq', 'channel', 'at', 'body', 'encoding', 'line_count', 'error_count'],
  ...['lines_before', 'continues', 'lost_why', 'lost_goes_on', 'log_bytes'],
];

/** What can be told of a chunk without its body. */
export interface ChunkOutline {
  seq: number;
  at: Date;
  lines: number;
  errors: number;
  /** Lines of the log before it, by its agent's count; null where that did not count. */
  before: number | null;
  /** A mark of lost lines; `goes_on`: what comes behind it is lost too. */
  mark: 'none' | 'mark' | 'goes_on';
}

/** Every chunk of an attempt, in order; those that an earlier hub stored are counted by the database. */
export async function outlineChunks(
  sql: SqlRunner,
  { tenantId, eventId, attempt }: AttemptRef,
): Promise<ChunkOutline[]> {
  const counted = (text: string) => `(LENGTH(body) - LENGTH(REPLACE(body, ${text}, ''))) DIV LENGTH(${text})`;
  const rows = await sql.query<ChunkOutline>(
    `SELECT seq, at, COALESCE(line_count, ${counted("X'0A'")}) AS \`lines\`,
       COALESCE(error_count, ${counted(`'"level":"error"'`)}) AS errors, lines_before AS \`before\`,
       CASE WHEN lost_why IS NULL THEN 'none' WHEN lost_goes_on THEN 'goes_on' ELSE 'mark' END AS mark
     FROM log_chunks WHERE tenant_id = ? AND event_id = ? AND attempt = ? ORDER BY seq`,
    [bytes(tenantId), bytes(eventId), attempt],
  );
  // Sums are decimals to some servers, and come as text.
  return rows.map((row) => ({ ...row, lines: Number(row.lines), errors: Number(row.errors) }));
}
