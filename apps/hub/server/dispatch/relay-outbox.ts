import { coalesce } from '@nexomatic/coalesce';
import type { OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { deleteOutbox, findStaleOutbox } from '@nexomatic/db/ledger/outbox';
import type { Sql } from '@nexomatic/db/sql';
import type { Logger } from '@nexomatic/logger';
import type { TicketQueues } from '@nexomatic/queue/ticket-queue';
import type { Definitions } from '../definitions/definitions.ts';
import { dispatchEvents } from './dispatch-event.ts';

/** Rows older than this many seconds were missed by the relay of whoever wrote them. */
const staleSeconds = 2;
const sweepLimit = 1_000;

export interface Relay {
  /** Tells the relay of rows that have just been committed. Neither waits nor fails: the sweep finds what is missed. */
  nudge(rows: OutboxRow[]): void;
  /** Dispatches rows that no relay has taken in time; gives how many there were. */
  sweep(): Promise<number>;
  /** Settles when all that was nudged has been dispatched or left to the sweep. */
  idle(): Promise<void>;
}

/** Rows of dispatched tickets are deleted together after this long: a claim that follows at once need not wait for it. */
const deleteAfterMs = 100;

/** Carries outbox rows to Redis: tickets are added first and rows deleted after, so a crash between repeats, never loses. */
export function createRelay(deps: { sql: Sql; queues: TicketQueues; definitions: Definitions; logger: Logger }): Relay {
  const { sql, logger } = deps;

  function leftToSweep(error: Error): void {
    logger.debug({ error: error.message }, 'relay.left_to_sweep');
  }

  let dispatched: OutboxRow[] = [];
  let timer: NodeJS.Timeout | undefined;

  async function deleteDispatched(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const rows = dispatched;
    dispatched = [];
    await deleteOutbox(sql, rows).catch(leftToSweep);
  }

  const nudges = coalesce<OutboxRow, void>(
    async (rows) => {
      await dispatchEvents(deps, rows);
      dispatched.push(...rows);
      timer ??= setTimeout(deleteDispatched, deleteAfterMs);
      return rows.map(() => undefined);
    },
    { maxBatch: 500, maxWaiting: 10_000 },
  );

  return {
    nudge(rows) {
      for (const row of rows) nudges.add(row).catch(leftToSweep);
    },
    async sweep() {
      const rows = await findStaleOutbox(sql, staleSeconds, sweepLimit);
      if (rows.length > 0) {
        await dispatchEvents(deps, rows);
        await deleteOutbox(sql, rows);
      }
      return rows.length;
    },
    async idle() {
      await nudges.idle();
      await deleteDispatched();
    },
  };
}
