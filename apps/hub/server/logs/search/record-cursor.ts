import { NexomaticError } from '@nexomatic/contracts/error-code';
import { isId } from '@nexomatic/contracts/id';
import type { LogPlace } from '@nexomatic/db/log-walks';

/** Where the next page of records begins. Opaque, so that its content may change. */
export function toRecordCursor({ at, key }: LogPlace): string {
  const parts = ['1', at.getTime(), ...(key ? [key.eventId, key.attempt, key.seq, key.line] : [])];
  return Buffer.from(parts.join(' ')).toString('base64url');
}

/** The place that the cursor stands for; refuses anything that `toRecordCursor` didn't make. */
export function fromRecordCursor(cursor: string): LogPlace {
  const [version, at, eventId, attempt, seq, line] = Buffer.from(cursor, 'base64url').toString('latin1').split(' ');
  const key =
    eventId !== undefined && isId('event', eventId)
      ? { eventId, attempt: Number(attempt), seq: Number(seq), line: Number(line) }
      : null;
  const place = { at: new Date(Number(at)), key };
  // Decoding skips what isn't base64url, so only a cursor that encodes back to itself is one.
  if (version === '1' && !Number.isNaN(place.at.getTime()) && toRecordCursor(place) === cursor) return place;
  const message = 'not a cursor of this list; leave it out to begin at the newest record';
  throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors: [{ path: 'cursor', message }] });
}
