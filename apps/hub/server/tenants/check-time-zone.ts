import { NexomaticError } from '@nexomatic/contracts/error-code';

/** Refuses what is no IANA zone of this machine. */
export function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
  } catch (cause) {
    const errors = [{ path: 'timeZone', message: 'not an IANA time zone; write it as in Europe/Berlin or UTC' }];
    throw new NexomaticError('unknown_time_zone', `There is no time zone ${timeZone}.`, { cause, errors });
  }
}
