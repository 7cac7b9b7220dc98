import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { Database } from '@nexomatic/db/database';
import { Sink } from '@nexomatic/db/entities/sink';
import type { SinkIdentity } from '../attempts/sink-identity.ts';

/** `last_seen_at` is written at most this often, unless something changed. */
export const heartbeatWriteMs = 10_000;

const lastWrites = new WeakMap<Database, Map<Id<'sink'>, { at: number; stopping: boolean }>>();

/** A sink is alive. One that stops is shown as DRAINING until it is silent; one that was taken for OFFLINE comes back. */
export async function noteHeartbeat(
  { db, clock }: { db: Database; clock: Clock },
  { tenantId, sinkId }: SinkIdentity,
  { stopping }: { stopping: boolean },
): Promise<void> {
  const writes = lastWrites.get(db) ?? new Map();
  lastWrites.set(db, writes);
  const now = clock.monotonic();
  const last = writes.get(sinkId);
  if (last && last.stopping === stopping && last.at + heartbeatWriteMs > now) return;
  writes.set(sinkId, { at: now, stopping });

  const em = db.tenantEm(tenantId);
  await em.nativeUpdate(Sink, { id: sinkId }, { lastSeenAt: new Date(clock.now()) });
  const [from, to] = stopping ? (['ONLINE', 'DRAINING'] as const) : (['OFFLINE', 'ONLINE'] as const);
  await em.nativeUpdate(Sink, { id: sinkId, status: from }, { status: to });
}
