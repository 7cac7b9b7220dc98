import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id';

/** Where the next page of events begins: after the event with this id. Opaque, so that its content may change. */
export const toCursor = (lastId: Id<'event'>): string => Buffer.from(`1 ${lastId}`).toString('base64url');

/** The event that the cursor stands behind; refuses anything that `toCursor` didn't make. */
export function fromCursor(cursor: string): Id<'event'> {
  const text = Buffer.from(cursor, 'base64url').toString('latin1');
  const id = text.slice(2);
  // Decoding skips what isn't base64url, so only a cursor that encodes back to itself is one.
  if (!text.startsWith('1 ') || !isId('event', id) || toCursor(id) !== cursor) {
    const message = 'not a cursor of this list; leave it out to begin at the newest event';
    throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors: [{ path: 'cursor', message }] });
  }
  return id;
}
