import { NexomaticError } from '@nexomatic/contracts/error-code';
import { type Id, isId } from '@nexomatic/contracts/id';

/** Where the next page of requests begins: after this one. Opaque, so that its content may change. */
export const toCursor = (lastId: Id<'receipt'>): string => Buffer.from(`1 ${lastId}`).toString('base64url');

/** The request that the cursor stands behind; refuses anything that `toCursor` didn't make. */
export function fromCursor(cursor: string): Id<'receipt'> {
  const id = Buffer.from(cursor, 'base64url').toString('latin1').slice(2);
  if (isId('receipt', id) && toCursor(id) === cursor) return id;
  const message = 'not a cursor of this list; leave it out to begin at the newest request';
  throw new NexomaticError('bad_request', 'The cursor does not fit.', { errors: [{ path: 'cursor', message }] });
}
