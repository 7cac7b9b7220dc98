import type { Services } from '../services.ts';
import { sweepDue } from './sweep-due.ts';

/** Agents try again within 5 s of a hub's return, each with all that it runs. */
export const graceMs = 8_000;

/**
 * The sweep as a duty of this hub. When the hub begins, or could not reach the database, sinks could not renew their leases
 * with it either: those that ran out meanwhile are swept a moment later, so that what went on running, or waits on a sink's
 * disk as a result, is not taken for lost.
 */
export function createSweep(services: Services): () => Promise<number> {
  const { clock } = services;
  let graceUntil = clock.monotonic() + graceMs;
  return async () => {
    try {
      return await sweepDue({ ...services, sparingLeases: clock.monotonic() < graceUntil });
    } catch (error) {
      graceUntil = clock.monotonic() + graceMs;
      throw error;
    }
  };
}
