import type { EventReason } from '@nexomatic/contracts/event-state';
import type { Id } from '@nexomatic/contracts/id';
import type { SqlRunner, SqlTransaction, SqlValue } from '../sql.ts';
import { byTenant, bytes, constantTable, idOf, idOrNull, repeat } from './rows.ts';

export interface AttemptRef {
  tenantId: Id<'tenant'>;
  eventId: Id<'event'>;
  attempt: number;
}

export const attemptEnds = ['SUCCESS', 'WARNING', 'ERROR', 'LOST', 'HANDED_BACK'] as const;
export type AttemptEnd = (typeof attemptEnds)[number];

export interface NewAttempt extends AttemptRef {
  /** Null when no sink ever ran it: the event ended before any code did. */
  sinkId: Id<'sink'> | null;
  module: string;
  /** Versions of the definitions that it runs. */
  eventTypeVersion: number;
  actionVersion: number;
  /** JSON bytes of the resolved parameters; secrets never stand in it. */
  parameters: Uint8Array;
}

export function insertAttempts(tx: SqlTransaction, attempts: NewAttempt[]): void {
  if (attempts.length === 0) return;
  tx.defer(
    `INSERT INTO attempts (tenant_id, event_id, number, sink_id, state, event_type_version, action_version, module, parameters,
       started_at)
     VALUES ${repeat(`(?,?,?,?,'RUNNING',?,?,?,?,NOW(3))`, attempts.length)}`,
    attempts.flatMap((attempt): SqlValue[] => [
      bytes(attempt.tenantId),
      bytes(attempt.eventId),
      attempt.attempt,
      bytes(attempt.sinkId),
      attempt.eventTypeVersion,
      attempt.actionVersion,
      attempt.module,
      attempt.parameters,
    ]),
  );
}

export interface AttemptFinish extends AttemptRef {
  state: AttemptEnd;
  reason: EventReason | null;
  message: string | null;
  exitCode: number | null;
  lastLogSeq: number;
  lastLogLine: number | null;
}

/** RUNNING → finished; a finished attempt is never written again. */
export function finishAttempts(tx: SqlTransaction, finishes: AttemptFinish[]): void {
  for (const [tenantId, group] of byTenant(finishes)) {
    tx.defer(
      `UPDATE ${constantTable(
        'v',
        ['id', 'number', 'state', 'reason', 'message', 'exit_code', 'last_log_seq', 'last_log_line'],
        group.length,
      )} STRAIGHT_JOIN attempts a FORCE INDEX (PRIMARY) ON a.tenant_id = ? AND a.event_id = v.id AND a.number = v.number
       SET a.state = v.state, a.reason = v.reason, a.message = v.message, a.exit_code = v.exit_code,
         a.last_log_seq = GREATEST(a.last_log_seq, v.last_log_seq), a.last_log_line = v.last_log_line,
         a.finished_at = NOW(3)
       WHERE a.state = 'RUNNING'`,
      [
        ...group.flatMap((end): SqlValue[] => [
          bytes(end.eventId),
          end.attempt,
          end.state,
          end.reason,
          end.message?.slice(0, 2_000) ?? null,
          end.exitCode,
          end.lastLogSeq,
          end.lastLogLine,
        ]),
        bytes(tenantId),
      ],
    );
  }
}

/** Result bytes of attempts that have one. */
export function insertResults(tx: SqlTransaction, results: (AttemptRef & { body: Uint8Array })[]): void {
  if (results.length === 0) return;
  tx.defer(
    `INSERT INTO attempt_results (tenant_id, event_id, number, body) VALUES ${repeat('(?,?,?,?)', results.length)}`,
    results.flatMap((result): SqlValue[] => [
      bytes(result.tenantId),
      bytes(result.eventId),
      result.attempt,
      result.body,
    ]),
  );
}

export interface AttemptHolder {
  eventId: Id<'event'>;
  attempt: number;
  sinkId: Id<'sink'> | null;
  state: AttemptEnd | 'RUNNING';
}

/** Who holds, or held, the named attempts; attempts that don't exist are left out. */
export async function findAttempts(
  tx: SqlRunner,
  tenantId: Id<'tenant'>,
  attempts: { eventId: Id<'event'>; attempt: number }[],
): Promise<AttemptHolder[]> {
  const rows = await tx.query<{
    event_id: Uint8Array;
    number: number;
    sink_id: Uint8Array | null;
    state: AttemptHolder['state'];
  }>(`SELECT event_id, number, sink_id, state FROM attempts WHERE tenant_id = ? AND event_id IN (?)`, [
    bytes(tenantId),
    attempts.map((attempt) => bytes(attempt.eventId)),
  ]);
  return rows.map((row) => ({
    eventId: idOf('event', row.event_id),
    attempt: row.number,
    sinkId: idOrNull('sink', row.sink_id),
    state: row.state,
  }));
}

/** How many attempts of the event ended in ERROR so far: what its retry limit is compared with. */
export async function countFailures(tx: SqlRunner, tenantId: Id<'tenant'>, eventId: Id<'event'>): Promise<number> {
  const [row] = await tx.query<{ n: number }>(
    `SELECT COUNT(*) AS n FROM attempts WHERE tenant_id = ? AND event_id = ? AND state = 'ERROR'`,
    [bytes(tenantId), bytes(eventId)],
  );
  return Number(row?.n ?? 0);
}
