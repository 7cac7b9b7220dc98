import type { Clock } from '@nexomatic/clock';
import { NexomaticError } from '@nexomatic/contracts/error-code';
import type { SinkStatus } from '@nexomatic/contracts/sink-api';
import type { Hello, HelloAnswer } from '@nexomatic/contracts/sink-protocol';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import { SinkType } from '@nexomatic/db/entities/sink-type';
import { bullmqVersion } from '@nexomatic/queue/bullmq-version';
import type { SinkIdentity } from '../attempts/sink-identity.ts';
import type { DirectAccess } from './direct/direct-access.ts';
import { expectAgentVersion } from './expect-agent-version.ts';
import { queuesOf } from './queues-of.ts';

/** An agent starts: notes what it says of itself, and tells it which queues to take tickets from. */
export async function sayHello(
  deps: { db: Database; clock: Clock; directAccess: DirectAccess; env: { publicUrl: string; oldestAgent: string } },
  sink: SinkIdentity,
  hello: Hello,
): Promise<HelloAnswer> {
  expectAgentVersion(deps, hello);
  const { db, clock, directAccess } = deps;
  const em = db.tenantEm(sink.tenantId);
  const row = await em.findOne(Sink, { id: sink.sinkId });
  const type = row && (await em.findOne(SinkType, { id: row.sinkTypeId }));
  if (!row || !type) throw new NexomaticError('unauthenticated', 'This sink was removed.');
  const { transport = 'gateway' } = hello;
  const before = row.transport;
  if (transport === 'direct' && hello.bullmq !== bullmqVersion) {
    const detail = `This sink has BullMQ ${hello.bullmq ?? 'of an unknown version'} and the hub ${bullmqVersion}, and the scripts of one are none of the other: install the agent of the hub's version, or use the transport gateway.`;
    throw new NexomaticError('unprocessable', detail);
  }
  em.assign(row, {
    version: hello.version,
    hostname: hello.hostname,
    platform: hello.platform,
    slots: hello.slots,
    runtimeVersion: hello.runtimeVersion ?? null,
    // Who joined by keys has a key of this kind that is proved; what its process says of another one counts for nothing.
    ...(row.signKey ? {} : { boxKey: hello.boxKey ? Buffer.from(hello.boxKey, 'base64url') : null }),
    transport,
    lastSeenAt: new Date(clock.now()),
    // A pause outlives restarts of the agent; every other status was about the process that is gone.
    status: statusOf(row, hello.again === true),
  });
  await em.flush();
  const credential = row.signKey ?? row.tokenHash;
  const queues = { ...sink, sinkTypeName: type.name };
  const redis = transport === 'direct' && credential ? await directAccess.allow({ ...queues, credential }) : null;
  if (!redis && before === 'direct') await directAccess.remove(sink.sinkId);
  return {
    sinkId: sink.sinkId,
    tenantId: sink.tenantId,
    name: row.name,
    type: type.name,
    runtime: type.runtime,
    paused: row.pausedAt != null,
    queues: [...queuesOf(queues)],
    packedLogs: true,
    ...(redis ? { redis } : {}),
  };
}

function statusOf({ status, pausedAt }: Sink, again: boolean): SinkStatus {
  if (again && status !== 'OFFLINE') return status;
  return pausedAt ? 'PAUSED' : 'ONLINE';
}
