import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { Hello, HelloAnswer } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { queuePrefix, sinkQueueName, typeQueueName } from '@nexomatic/queue/names';
import type { SinkIdentity } from '../attempts/sink-identity.ts';

/** An agent starts: notes what it says of itself, and tells it which queues to take tickets from. */
export async function sayHello(
  { db, clock }: { db: Database; clock: Clock },
  sink: SinkIdentity,
  hello: Hello,
): Promise<HelloAnswer> {
  const em = db.tenantEm(sink.tenantId);
  const row = await em.findOne(Sink, { id: sink.sinkId });
  const type = row && (await em.findOne(SinkType, { id: row.sinkTypeId }));
  if (!row || !type) throw new NexomaticError('unauthenticated', 'This sink was removed.');
  em.assign(row, {
    version: hello.version,
    hostname: hello.hostname,
    platform: hello.platform,
    slots: hello.slots,
    runtimeVersion: hello.runtimeVersion ?? null,
    lastSeenAt: new Date(clock.now()),
    // A pause outlives restarts of the agent; every other status was about the process that is gone.
    status: row.status === 'PAUSED' ? 'PAUSED' : 'ONLINE',
  });
  await em.flush();
  const prefix = queuePrefix(sink.tenantId);
  return {
    sinkId: sink.sinkId,
    tenantId: sink.tenantId,
    name: row.name,
    runtime: type.runtime,
    queues: [
      { prefix, name: typeQueueName(type.name) },
      { prefix, name: sinkQueueName(sink.sinkId) },
    ],
  };
}
