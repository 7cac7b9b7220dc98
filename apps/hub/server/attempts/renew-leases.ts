import type { Id } from '@nexomatic/contracts/id';
import { leaseMs } from '@nexomatic/contracts/sink-protocol';
import { lockEvents } from '@nexomatic/db/ledger/event-row';
import { renewLeases as renewRows } from '@nexomatic/db/ledger/write-state';
import type { Sql } from '@nexomatic/db/sql';
import type { SinkIdentity } from './sink-identity.ts';

interface AttemptRef {
  eventId: Id<'event'>;
  attempt: number;
}

/** `cancel`: it is still this sink's, and somebody asked to end it. The lease stays as it is: it has that long for it. */
export type RenewOutcome = 'renewed' | 'cancel' | 'lost';
export type RenewLeases = (sink: SinkIdentity, attempts: AttemptRef[]) => Promise<RenewOutcome[]>;

/**
 * Prolongs the leases of what a sink runs. `lost` means that the attempt is no longer its own (the lease ran out, its
 * time is over, somebody else has it) and that the module must be ended.
 */
export function createRenewLeases({ sql }: { sql: Sql }): RenewLeases {
  return async (sink, attempts) => {
    if (attempts.length === 0) return [];
    const renewed = await renewRows(sql, sink.tenantId, sink.sinkId, attempts, leaseMs);
    if (renewed === attempts.length) return attempts.map(() => 'renewed' as const);
    return sql.transaction(async (tx) => {
      const ids = attempts.map(({ eventId }) => eventId);
      const events = new Map((await lockEvents(tx, sink.tenantId, ids)).map((event) => [event.id, event]));
      return attempts.map(({ eventId, attempt }): RenewOutcome => {
        const event = events.get(eventId);
        const held = event?.state === 'RUNNING' && event.attempt === attempt && event.sinkId === sink.sinkId;
        if (!held || event.runTimeOver) return 'lost';
        return event.cancelRequested ? 'cancel' : 'renewed';
      });
    });
  };
}
