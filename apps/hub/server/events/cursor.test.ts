import { NexomaticError } from '@nexomatic/contracts/error-code';
import { newId } from '@nexomatic/contracts/id';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromCursor, toCursor } from './cursor.ts';

const id = newId('event');
const cursor = toCursor(id);

test('a cursor names the event that it was made of', () => {
  expect(fromCursor(cursor)).toBe(id);
});

test.each([
  ['nothing', ''],
  ['any text', 'abc'],
  ['the id itself', id],
  ['an id of another kind', Buffer.from(`1 ${newId('sink')}`).toString('base64url')],
  ['another version', Buffer.from(`2 ${id}`).toString('base64url')],
  ['padding', `${cursor}=`],
  ['white space within', `${cursor.slice(0, 5)} ${cursor.slice(5)}`],
  ['SQL', Buffer.from(`1 ${id}' OR 1=1`).toString('base64url')],
])('%s is refused as a cursor', (_, text) => {
  expect(() => fromCursor(text)).toThrow(NexomaticError);
});

test('a cursor with one character changed is refused or names some event, and never does anything else', () => {
  fc.assert(
    fc.property(fc.nat(cursor.length - 1), fc.string({ minLength: 1, maxLength: 1 }), (at, char) => {
      const changed = cursor.slice(0, at) + char + cursor.slice(at + 1);
      try {
        expect(fromCursor(changed)).toMatch(/^evt_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
      } catch (error) {
        expect(error).toMatchObject({ code: 'bad_request', facts: { errors: [{ path: 'cursor' }] } });
      }
    }),
  );
});
