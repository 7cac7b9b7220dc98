import { maxTicketsPerJob, type Ticket } from '@nexomatic/contracts/ticket';
import type { OutboxRow } from '@nexomatic/db/ledger/insert-events';
import { queuePrefix, sinkQueueName, typeQueueName } from '@nexomatic/queue/names';
import type { TicketBundle, TicketQueues } from '@nexomatic/queue/ticket-queue';
import type { Definitions, QueueDefinition } from '../definitions/definitions.ts';

/** A job may carry this part of what the smallest sink runs at once: a sink of a few dozen slots gets single tickets. */
const slotsPerTicket = 16;
/** Jobs that every sink is to find in one batch, so that they share the work. */
const jobsPerSink = 4;

/**
 * Dispatches events: puts a ticket for each on the queue of its sink type, or of the one sink that it is pinned to. Doing
 * it twice changes nothing, because a ticket's claim counts once.
 */
export async function dispatchEvents(
  deps: { queues: TicketQueues; definitions: Definitions },
  rows: OutboxRow[],
): Promise<void> {
  const groups = Map.groupBy(
    rows,
    (row) => `${row.tenantId} ${row.sinkTypeId} ${row.pinnedSinkId} ${row.delaySeconds}`,
  );
  const bundles = await Promise.all(
    [...groups.values()].map(async ([first, ...rest]) => (first ? bundle(deps.definitions, first, rest) : [])),
  );
  await deps.queues.add(bundles.flat());
}

async function bundle(definitions: Definitions, first: OutboxRow, rest: OutboxRow[]): Promise<TicketBundle[]> {
  const { tenantId, sinkTypeId, pinnedSinkId, delaySeconds } = first;
  const queue = await definitions.queue(tenantId, sinkTypeId);
  const tickets = [first, ...rest].map(({ eventId, attempt }): Ticket => ({ eventId, attempt }));
  const size = pinnedSinkId ? 1 : ticketsPerJob(queue, tickets.length);
  const where = {
    prefix: queuePrefix(tenantId),
    queueName: pinnedSinkId ? sinkQueueName(pinnedSinkId) : typeQueueName(queue.sinkTypeName),
    delayMs: Math.ceil(delaySeconds * 1000),
  };
  return Array.from({ length: Math.ceil(tickets.length / size) }, (_, i) => ({
    ...where,
    tickets: tickets.slice(i * size, (i + 1) * size),
  }));
}

function ticketsPerJob({ sinksOnline, fewestSlots }: QueueDefinition, waiting: number): number {
  const most = Math.min(maxTicketsPerJob, Math.floor(fewestSlots / slotsPerTicket));
  return Math.max(1, Math.min(most, Math.floor(waiting / (sinksOnline * jobsPerSink))));
}
