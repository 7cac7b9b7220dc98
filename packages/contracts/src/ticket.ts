import * as z from 'zod/mini';
import { idSchema } from './id.ts';

/**
 * What stands in Redis for an event that may be started: two numbers and nothing else. `attempt` is the number that the
 * claim will carry, so a ticket of an earlier attempt can't start a later one.
 */
export const ticketSchema = z.object({ eventId: idSchema('event'), attempt: z.int().check(z.positive()) });
export type Ticket = z.infer<typeof ticketSchema>;

/** BullMQ job id of a ticket: adding the same ticket twice changes nothing while the first still exists. */
export const ticketId = ({ eventId, attempt }: Ticket): string => `${eventId}-${attempt}`;
