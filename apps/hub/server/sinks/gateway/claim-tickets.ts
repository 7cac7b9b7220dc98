import type { ClaimOutcome } from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import type { HeldTickets } from '@nexomatic/queue/ticket-source';
import type { ClaimAttempts } from '../../attempts/claim-attempt.ts';
import type { SinkIdentity } from '../../attempts/sink-identity.ts';

/**
 * Claims the events of at most `most` of these tickets for a sink, and settles all of them: what was claimed, or had gone,
 * is used up; the rest goes back to its queue, and so do all of a sink that was paused meanwhile.
 */
export async function claimTickets(
  deps: { claimAttempts: ClaimAttempts; note(tickets: Ticket[]): Promise<void> },
  sink: SinkIdentity,
  held: HeldTickets[],
  most: number,
): Promise<ClaimOutcome[]> {
  const used = new Map<HeldTickets, Ticket[]>();
  let room = most;
  for (const one of held) {
    used.set(one, one.tickets.slice(0, room));
    room -= used.get(one)?.length ?? 0;
  }
  const tickets = [...used.values()].flat();
  try {
    await deps.note(tickets);
    const outcomes = await deps.claimAttempts(sink, tickets);
    const unclaimed = new Set(tickets.filter((_, index) => outcomes[index]?.outcome === 'paused'));
    for (const [one, taken] of used) {
      void one.settle([...taken.filter((ticket) => unclaimed.has(ticket)), ...one.tickets.slice(taken.length)]);
    }
    return outcomes;
  } catch (error) {
    await Promise.all(held.map((one) => one.settle(one.tickets)));
    throw error;
  }
}
