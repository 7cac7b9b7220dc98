import { remembered } from './remembered.ts';

/** A moment at which a zone's clock is set: the offsets before and from then on, in milliseconds east of UTC. */
export interface ZoneShift {
  at: number;
  before: number;
  after: number;
}

const day = 86_400_000;
/** No zone has set its clock there and back within this time; the shortest is Morocco's month of Ramadan. */
const stride = 7 * day;
const formatOf = remembered(
  2000,
  (timeZone) => new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }),
);
const shiftsOf = remembered(20_000, (key) => {
  const [timeZone = '', year] = key.split(' ');
  return findShifts(timeZone, Date.UTC(Number(year), 0), Date.UTC(Number(year) + 1, 0));
});

/** How far the clock of a zone is ahead of UTC at an instant, in milliseconds. */
export function offsetAt(timeZone: string, at: number): number {
  const parts = formatOf(timeZone).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = 0, minutes = 0, seconds = 0] = /^GMT(?:([+-])(\d+):(\d+)(?::(\d+))?)?$/.exec(name) ?? [];
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  return sign === '-' ? -size : size;
}

/** The shifts of a zone's clock within a year of UTC, oldest first. */
export const shiftsOfYear = (timeZone: string, year: number): readonly ZoneShift[] => shiftsOf(`${timeZone} ${year}`);

function findShifts(timeZone: string, from: number, to: number): ZoneShift[] {
  const shifts: ZoneShift[] = [];
  for (let start = from; start < to; start += stride) {
    const end = Math.min(start + stride, to);
    const before = offsetAt(timeZone, start);
    const after = offsetAt(timeZone, end);
    if (before !== after) shifts.push({ at: momentOf(timeZone, start, end, before), before, after });
  }
  return shifts;
}

/** The first millisecond at which the offset is no longer `before`, somewhere after `low` and not after `high`. */
function momentOf(timeZone: string, low: number, high: number, before: number): number {
  let still = low;
  let changed = high;
  while (changed - still > 1) {
    const middle = Math.floor((still + changed) / 2);
    if (offsetAt(timeZone, middle) === before) still = middle;
    else changed = middle;
  }
  return changed;
}
