import { zoneOffset } from './format-time.ts';

const minute = 60_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** What a date-time field shows for an instant in that zone: `2026-11-24T10:00`. */
export const toLocal = (at: number, zone: string): string =>
  new Date(at + zoneOffset(at, zone)).toISOString().slice(0, 16);

/**
 * The instant that a date-time field means in that zone; NaN for anything else. A time that the clocks skip is taken as if they
 * had not been put forward, one that comes twice as the later.
 */
export function fromLocal(text: string, zone: string): number {
  const asUtc = Date.parse(`${text}Z`);
  if (Number.isNaN(asUtc)) return Number.NaN;
  const guess = asUtc - zoneOffset(asUtc, zone);
  return asUtc - zoneOffset(guess, zone);
}

/** An instant as text with the zone's offset, to the minute: `2026-11-24T10:00+01:00`. */
export function formatZoned(at: number, zone: string): string {
  const offset = Math.round(zoneOffset(at, zone) / minute);
  if (offset === 0) return `${toLocal(at, zone)}Z`;
  const size = Math.abs(offset);
  return `${toLocal(at, zone)}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}
