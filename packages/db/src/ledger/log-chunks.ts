import type { Id } from '@nexomatic/contracts/id';
import type { LogChannel } from '@nexomatic/contracts/sink-protocol';
import type { SqlRunner, SqlValue } from '../sql.ts';
import { bytes, repeat } from './rows.ts';

export interface NewLogChunk {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
  attempt: number;
  seq: number;
  channel: LogChannel;
  at: Date;
  body: Uint8Array;
}

/** Stores chunks; a number that is already there stays as it is. */
export async function insertLogChunks(tx: SqlRunner, chunks: NewLogChunk[]): Promise<void> {
  if (chunks.length === 0) return;
  await tx.run(
    `INSERT INTO log_chunks (tenant_id, event_id, attempt, seq, channel, at, body)
     VALUES ${repeat('(?,?,?,?,?,?,?)', chunks.length)} ON DUPLICATE KEY UPDATE seq = seq`,
    chunks.flatMap((chunk): SqlValue[] => [
      bytes(chunk.tenantId),
      bytes(chunk.eventId),
      chunk.attempt,
      chunk.seq,
      chunk.channel,
      chunk.at,
      chunk.body,
    ]),
  );
}
