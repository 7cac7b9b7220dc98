import type { OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { queuePrefix, sinkQueueName, typeQueueName } from '@nexomatic/queue/names';
import type { TicketQueues } from '@nexomatic/queue/ticket-queue';
import type { Definitions } from '../definitions/definitions.ts';

/**
 * Dispatches events: puts a ticket for each on the queue of its sink type, or of the one sink that it is pinned to. Doing
 * it twice changes nothing, because a ticket's id is made of the event and the attempt.
 */
export async function dispatchEvents(
  deps: { queues: TicketQueues; definitions: Definitions },
  rows: OutboxRow[],
): Promise<void> {
  const tickets = await Promise.all(
    rows.map(async ({ tenantId, eventId, attempt, sinkTypeId, pinnedSinkId, delaySeconds }) => {
      const typeName = pinnedSinkId ? null : await deps.definitions.sinkTypeName(tenantId, sinkTypeId);
      return {
        ticket: { eventId, attempt },
        prefix: queuePrefix(tenantId),
        queueName: pinnedSinkId ? sinkQueueName(pinnedSinkId) : typeQueueName(typeName ?? sinkTypeId),
        delayMs: delaySeconds * 1000,
      };
    }),
  );
  await deps.queues.add(tickets);
}
