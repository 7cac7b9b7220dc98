import * as z from 'zod/mini';
import { idSchema } from './id.ts';

/**
 * What stands in Redis for an event that may be started: two facts and nothing else. `attempt` is the number that the
 * claim will carry, so a ticket of an earlier attempt can't start a later one.
 */
export const ticketSchema = z.object({ eventId: idSchema('event'), attempt: z.int().check(z.positive()) });
export type Ticket = z.infer<typeof ticketSchema>;

/** Most tickets that travel as one job. */
export const maxTicketsPerJob = 50;

/**
 * The data of a BullMQ job: mostly one ticket. Where many events wait for sinks that run hundreds at a time, several
 * travel together, because a job costs Redis the same whatever it carries.
 */
export const ticketJobSchema = z.object({
  tickets: z.array(ticketSchema).check(z.minLength(1), z.maxLength(maxTicketsPerJob)),
});
export type TicketJob = z.infer<typeof ticketJobSchema>;

/**
 * BullMQ's id for a job: made of what it carries, so adding the same tickets twice changes nothing while the first job
 * still exists. A ticket that stands in two jobs does no harm: the second claim finds the event gone.
 */
export function ticketJobId(tickets: Ticket[]): string {
  const [first] = tickets;
  const id = `${first?.eventId}-${first?.attempt}`;
  return tickets.length === 1 ? id : `${id}-and-${tickets.length - 1}`;
}
