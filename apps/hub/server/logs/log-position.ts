import { NexomaticError } from '@nexomatic/contracts/error-code';

/** Where in which log a reader is: the id of a server-sent event, which browsers send back when they reconnect. */
export const logPosition = (attempt: number, lastSeq: number): string => `${attempt}:${lastSeq}`;

const form = /^([0-9]{1,5}):([0-9]{1,10})$/;

/** The position that a reader was at; null if it begins, an error if the text is none. */
export function parseLogPosition(
  text: string | null | undefined,
): { attempt: number | undefined; after: number } | null {
  if (text === null || text === undefined || text === '') return null;
  const match = form.exec(text);
  if (!match) {
    const message = 'not a position in a log; leave it out to begin at the first line';
    throw new NexomaticError('bad_request', 'The position does not fit.', {
      errors: [{ path: 'lastEventId', message }],
    });
  }
  // Attempt 0: the event had none yet.
  return { attempt: Number(match[1]) || undefined, after: Number(match[2]) };
}
