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

/** Carries outbox rows to Redis: tickets are added first and rows deleted after, so a crash between repeats, never loses. */
export function createRelay(deps: { sql: Sql; queues: TicketQueues; definitions: Definitions; logger: Logger }): Relay {
  const { sql, logger } = deps;

  async function carry(rows: OutboxRow[]): Promise<void> {
    await dispatchEvents(deps, rows);
    await deleteOutbox(sql, rows);
  }

  const nudges = coalesce<OutboxRow, void>(
    async (rows) => {
      await carry(rows);
      return rows.map(() => undefined);
    },
    { maxBatch: 500, maxWaiting: 10_000 },
  );

  function leftToSweep(error: Error): void {
    logger.debug({ error: error.message }, 'relay.left_to_sweep');
  }

  return {
    nudge(rows) {
      for (const row of rows) nudges.add(row).catch(leftToSweep);
    },
    async sweep() {
      const rows = await findStaleOutbox(sql, staleSeconds, sweepLimit);
      if (rows.length > 0) await carry(rows);
      return rows.length;
    },
    idle: () => nudges.idle(),
  };
}
