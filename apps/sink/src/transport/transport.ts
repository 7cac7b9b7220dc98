import type { ClaimOutcome } from '@nexomatic/contracts/sink-protocol';
import type { Ticket } from '@nexomatic/contracts/ticket';
import type { Slots } from '../slots.ts';

/** How work reaches this sink. What comes of it is told to the hub in one way, whatever brought it. */
export interface Transport {
  start(): void;
  /** Takes no more; what was handed over goes on. Settles when nothing more comes. */
  pause(): Promise<void>;
  resume(): void;
  /** Comes after `pause`, and when nothing runs any more. */
  close(): Promise<void>;
}

/** Where a transport hands work over, once it has a slot for it. Both settle when the work is done. */
export interface Intake {
  slots: Slots;
  /** An event that may be claimed. Rejects with `TicketReturned` when the ticket was not used. */
  onTicket(ticket: Ticket): Promise<void>;
  /** An event that was claimed for this sink; its lease can't have begun before `leaseFrom`. Never rejects. */
  onClaimed(outcome: ClaimOutcome, leaseFrom: number): Promise<void>;
  /** An event that was claimed for this sink, which takes no more. */
  onUnused(outcome: ClaimOutcome): void;
}
