import type { Id } from '@nexomatic/contracts/id';
import { queuePrefix, sinkQueueName, typeQueueName } from '@nexomatic/queue/names';

/** The queues that a sink takes from: the one of its type, and its own. */
export function queuesOf(sink: { tenantId: Id<'tenant'>; sinkId: Id<'sink'>; sinkTypeName: string }) {
  const prefix = queuePrefix(sink.tenantId);
  return [
    { prefix, name: typeQueueName(sink.sinkTypeName) },
    { prefix, name: sinkQueueName(sink.sinkId) },
  ] as const;
}
