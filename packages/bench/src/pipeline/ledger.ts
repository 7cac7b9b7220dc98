import { setTimeout as pause } from 'node:timers/promises';
import { idToBytes } from '@nexomatic/contracts/id';
import type { Sql } from '@nexomatic/db/sql';
import { microseconds } from '../measure/instant.ts';

/** What the harness reads from the database by itself. */
export interface Ledger {
  counts(): Promise<LedgerCounts>;
  /** Settles when no event waits or runs any more. */
  settled(withinMs: number): Promise<void>;
  /** When SUCCESS of that event was first seen, on the monotonic clock. */
  succeededAt(eventId: string, withinMs: number): Promise<number>;
  /** Statements that the server has been sent by anybody but this harness. */
  othersStatements(): Promise<number>;
}

interface LedgerCounts {
  receipts: number;
  rows: number;
  successes: number;
}

const pollMs = 20;

export function openLedger(sql: Sql, tenantId: string): Ledger {
  const tenant = idToBytes(tenantId);

  async function poll<T>(what: string, withinMs: number, everyMs: number, read: () => Promise<T | null>): Promise<T> {
    const until = microseconds() + withinMs * 1_000;
    while (microseconds() < until) {
      const found = await read();
      if (found !== null) return found;
      await pause(everyMs);
    }
    throw new Error(`${what} was not so within ${withinMs / 1_000} s`);
  }

  return {
    async counts() {
      const [row] = await sql.query<{ receipts: number; rows_: number; successes: number }>(
        `SELECT (SELECT COUNT(*) FROM receipts WHERE tenant_id = ? AND outcome = 'accepted') AS receipts,
           COUNT(*) AS rows_, COUNT(IF(state = 'SUCCESS', 1, NULL)) AS successes FROM events WHERE tenant_id = ?`,
        [tenant, tenant],
      );
      return {
        receipts: Number(row?.receipts),
        rows: Number(row?.rows_),
        successes: Number(row?.successes),
      };
    },
    async settled(withinMs) {
      await poll('no event QUEUED or RUNNING', withinMs, pollMs, async () => {
        const open = await sql.query(
          `SELECT 1 FROM events WHERE tenant_id = ? AND state IN ('QUEUED', 'RUNNING') LIMIT 1`,
          [tenant],
        );
        return open.length === 0 ? true : null;
      });
    },
    succeededAt(eventId, withinMs) {
      return poll(`SUCCESS of ${eventId}`, withinMs, 1, async () => {
        const found = await sql.query(`SELECT 1 FROM events WHERE tenant_id = ? AND id = ? AND state = 'SUCCESS'`, [
          tenant,
          idToBytes(eventId),
        ]);
        return found.length > 0 ? microseconds() : null;
      });
    },
    async othersStatements() {
      const [row] = await sql.query<{ Value: string }>(`SHOW GLOBAL STATUS LIKE 'Questions'`);
      return Number(row?.Value) - sql.statements();
    },
  };
}
