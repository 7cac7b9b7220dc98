import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { type SinkPresence, sinkPresence } from '@nexomatic/contracts/sink-api';
import { type Heartbeat, silentAfterMs } from '@nexomatic/contracts/sink-protocol';
import type { Redis } from '@nexomatic/queue/connection';
import { notePresence, readPresence } from '@nexomatic/queue/presence';
import * as z from 'zod';

/** A sink's last word, with when it was heard and whether it is stopping. */
const noted = sinkPresence.extend({ at: z.number(), stopping: z.boolean() });
export type NotedPresence = z.infer<typeof noted>;

/** Keeps what a sink says of itself; gives what it had said before, null if it was not there. */
export async function keepPresence(
  { redis, clock }: { redis: Redis; clock: Clock },
  sinkId: Id<'sink'>,
  beat: Heartbeat,
): Promise<NotedPresence | null> {
  const now = clock.now();
  const { slotsBusy, stopping, machine, agent, spool, isolation } = beat;
  const value: NotedPresence = {
    at: now,
    stopping,
    slotsBusy,
    machine: machine ?? null,
    agent: agent ?? null,
    spool: spool ?? null,
    isolation: isolation ?? null,
    clockSkewMs: beat.at === undefined ? null : beat.at - now,
  };
  const { before } = await notePresence(redis, sinkId, JSON.stringify(value), { now, ttlMs: silentAfterMs });
  return before === null ? null : parse(before);
}

/** Of each of these sinks the last word; nothing for those that are not there. */
export async function readPresences(redis: Redis, sinkIds: Id<'sink'>[]): Promise<Map<Id<'sink'>, NotedPresence>> {
  const values = await readPresence(redis, sinkIds);
  const found = new Map<Id<'sink'>, NotedPresence>();
  for (const [index, sinkId] of sinkIds.entries()) {
    const presence = parse(values[index] ?? 'null');
    if (presence) found.set(sinkId, presence);
  }
  return found;
}

/** What people see of it. */
export const presenceShown = (presence: NotedPresence | undefined): SinkPresence | null =>
  presence ? sinkPresence.parse(presence) : null;

/** One of another version of the hub may have another form: it counts as not there until the next beat. */
const parse = (text: string): NotedPresence | null => noted.safeParse(JSON.parse(text)).data ?? null;
