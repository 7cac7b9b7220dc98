import { type Ticket, ticketSchema } from '@nexomatic/contracts/ticket';
import type { Redis } from '@nexomatic/queue/connection';
import { takenKey } from '@nexomatic/queue/names';

/** Longer than any call may wait, so that what an abandoned call still claimed is found. */
const keptSeconds = 90;

/**
 * What each process of an agent was given. It is noted before the claim and forgotten when the process has heard the answer,
 * so that a claim whose answer got lost, or whose hub died before it could answer, is found and goes back to its queue
 * instead of counting as run by a sink that was lost.
 */
export interface TakenClaims {
  note(session: SessionRef, tickets: Ticket[]): Promise<void>;
  /** All answers so far were heard. */
  forget(session: SessionRef): Promise<void>;
  /** What was given and is not among `holding`. */
  unheard(session: SessionRef, holding: Ticket[]): Promise<Ticket[]>;
}

export interface SessionRef {
  sinkId: string;
  session: string;
}

const textOf = ({ eventId, attempt }: Ticket): string => `${eventId} ${attempt}`;

export function createTakenClaims(redis: Redis): TakenClaims {
  const keyOf = ({ sinkId, session }: SessionRef): string => takenKey(sinkId, session);
  return {
    async note(session, tickets) {
      const key = keyOf(session);
      await Promise.all([redis.rpush(key, ...tickets.map(textOf)), redis.expire(key, keptSeconds)]);
    },
    async forget(session) {
      await redis.del(keyOf(session));
    },
    async unheard(session, holding) {
      const given = await redis.lrange(keyOf(session), 0, -1);
      const held = new Set(holding.map(textOf));
      return given
        .filter((text) => !held.has(text))
        .map((text) => {
          const [eventId, attempt] = text.split(' ');
          return ticketSchema.parse({ eventId, attempt: Number(attempt) });
        });
    },
  };
}
