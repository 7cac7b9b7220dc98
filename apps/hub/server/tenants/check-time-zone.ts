import { NexomaticError } from '@nexomatic/contracts/error-code';

const known = new Map([...Intl.supportedValuesOf('timeZone'), 'UTC'].map((zone) => [zone.toLowerCase(), zone]));

/**
 * Refuses what is no IANA zone of this machine, written as it is there. Old names that stand for new ones (`US/Eastern`) are
 * taken; offsets are not, since they know no summer time.
 */
export function checkTimeZone(timeZone: string): void {
  const written = known.get(timeZone.toLowerCase());
  if (written === timeZone || (written === undefined && isZone(timeZone))) return;
  const message =
    written === undefined ? 'not an IANA time zone; write it as in Europe/Berlin or UTC' : `it is written ${written}`;
  const errors = [{ path: 'timeZone', message }];
  throw new NexomaticError('unknown_time_zone', `There is no time zone ${timeZone}.`, { errors });
}

function isZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
