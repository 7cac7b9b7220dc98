import type { BulkState } from '@nexomatic/contracts/bulk-api';
import type { Id } from '@nexomatic/contracts/id';
import type { BulkOutcome } from '../entities/bulk-result.ts';
import type { Sql, SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { bytes, idOf, repeat } from './rows.ts';

export interface HeldBulk {
  tenantId: Id<'tenant'>;
  id: Id<'bulkJob'>;
}

/** A hub that does not come back within this time is taken for dead, and another one goes on with its job. */
const holdSeconds = 60;

/** Takes the running job that nobody holds and that was worked on longest ago. */
export async function holdBulk(sql: Sql, holder: string): Promise<HeldBulk | null> {
  return sql.transaction(async (tx) => {
    const [row] = await tx.query<{ tenant_id: Uint8Array; id: Uint8Array }>(
      `SELECT tenant_id, id FROM bulk_jobs WHERE state = 'RUNNING' AND (held_until IS NULL OR held_until <= NOW(3))
       ORDER BY held_until LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    if (!row) return null;
    const held = { tenantId: idOf('tenant', row.tenant_id), id: idOf('bulkJob', row.id) };
    await tx.run(
      'UPDATE bulk_jobs SET held_until = NOW(3) + INTERVAL ? SECOND, held_by = ? WHERE tenant_id = ? AND id = ?',
      [holdSeconds, holder, bytes(held.tenantId), bytes(held.id)],
    );
    return held;
  });
}

export interface BulkProgress {
  done: number;
  skipped: number;
  failed: number;
}

/** Notes how far the job came and lets others have it, unless somebody else took it meanwhile. */
export async function releaseBulk(
  sql: SqlRunner,
  { tenantId, id }: HeldBulk,
  holder: string,
  { done, skipped, failed, position }: BulkProgress & { position: string | null },
): Promise<void> {
  await sql.run(
    `UPDATE bulk_jobs SET done = ?, skipped = ?, failed = ?, position = COALESCE(?, position), held_until = NOW(3), held_by = NULL
     WHERE tenant_id = ? AND id = ? AND held_by = ?`,
    [done, skipped, failed, position, bytes(tenantId), bytes(id), holder],
  );
}

/** RUNNING → an end; a job that was aborted meanwhile stays so. */
export async function endBulk(
  sql: SqlRunner,
  { tenantId, id }: HeldBulk,
  state: Exclude<BulkState, 'RUNNING'>,
  message: string | null,
): Promise<void> {
  await sql.run(
    `UPDATE bulk_jobs SET state = ?, message = ?, finished_at = NOW(3), held_until = NULL, held_by = NULL
     WHERE tenant_id = ? AND id = ? AND state = 'RUNNING'`,
    [state, message?.slice(0, 500) ?? null, bytes(tenantId), bytes(id)],
  );
}

export interface BulkItem {
  eventId: Id<'event'>;
  outcome: BulkOutcome;
  resultEventId: Id<'event'> | null;
  message: string | null;
}

/** Notes what came of events; of one that was noted before, the first note stands. */
export function insertResults(
  tx: SqlTransaction,
  tenantId: Id<'tenant'>,
  bulkJobId: Id<'bulkJob'>,
  items: BulkItem[],
): void {
  if (items.length === 0) return;
  tx.defer(
    `INSERT INTO bulk_results (tenant_id, bulk_job_id, event_id, outcome, result_event_id, message)
     VALUES ${repeat('(?,?,?,?,?,?)', items.length)} ON DUPLICATE KEY UPDATE outcome = bulk_results.outcome`,
    items.flatMap((item): SqlValue[] => [
      bytes(tenantId),
      bytes(bulkJobId),
      bytes(item.eventId),
      item.outcome,
      bytes(item.resultEventId),
      item.message?.slice(0, 500) ?? null,
    ]),
  );
}

/** How many events a job has done, skipped and failed: counted, because a batch may be noted twice. */
export async function countResults(
  sql: SqlRunner,
  tenantId: Id<'tenant'>,
  bulkJobId: Id<'bulkJob'>,
): Promise<BulkProgress> {
  const rows = await sql.query<{ outcome: BulkOutcome; n: number }>(
    'SELECT outcome, COUNT(*) AS n FROM bulk_results WHERE tenant_id = ? AND bulk_job_id = ? GROUP BY outcome',
    [bytes(tenantId), bytes(bulkJobId)],
  );
  const progress: BulkProgress = { done: 0, skipped: 0, failed: 0 };
  for (const { outcome, n } of rows) progress[outcome] = Number(n);
  return progress;
}
