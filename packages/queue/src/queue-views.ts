import { Queue } from 'bullmq';
import type { Redis } from './connection.ts';

/** A queue to look at; what BullMQ's own dashboard takes. */
export type QueueView = Queue;

/**
 * Queues to be looked at and not written to: opening one leaves nothing in Redis, not even its name. They live as long as the
 * connection that they share.
 */
export function openQueueViews(connection: Redis): (address: { prefix: string; queueName: string }) => QueueView {
  const views = new Map<string, QueueView>();
  return ({ prefix, queueName }) => {
    const key = `${prefix}:${queueName}`;
    const known = views.get(key);
    if (known) return known;
    const view = new Queue(queueName, { connection, prefix, skipVersionCheck: true, skipMetasUpdate: true });
    // The connection itself says when it is lost.
    view.on('error', () => undefined);
    views.set(key, view);
    return view;
  };
}
