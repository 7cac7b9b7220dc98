import { hash } from 'node:crypto';
import type { Id } from '@nexomatic/contracts/id';

/**
 * How much later than planned a run fires, in milliseconds. A hash of schedule and instant, so that every hub, page and preview
 * says the same, and schedules of the same expression don't fire together.
 */
function jitterMs(id: Id<'schedule'>, dueAt: Date, jitterSeconds: number): number {
  if (jitterSeconds === 0) return 0;
  const digest = hash('sha256', `${id} ${dueAt.getTime()}`, 'buffer');
  return digest.readUIntBE(0, 6) % (jitterSeconds * 1_000 + 1);
}

/** When a run fires: as planned, and its jitter later. */
export const fireTime = ({ id, jitterSeconds }: { id: Id<'schedule'>; jitterSeconds: number }, dueAt: Date): Date =>
  new Date(dueAt.getTime() + jitterMs(id, dueAt, jitterSeconds));
