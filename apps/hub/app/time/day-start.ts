import { zoneOffset } from './format-time.ts';

const dayMs = 86_400_000;

/**
 * The instant at which a day (`2026-11-25`) begins in a zone, so many days later; null for what is no day. Where the clocks go
 * forward at midnight it begins at the first time that there is.
 */
export function dayStart(day: string, zone: string, daysLater = 0): string | null {
  const midnight = /^\d{4}-\d\d-\d\d$/.test(day) ? Date.parse(`${day}T00:00:00Z`) + daysLater * dayMs : Number.NaN;
  if (Number.isNaN(midnight)) return null;
  // The zone's distance from UTC is known for an instant only, so it is asked for once more where it led to.
  const near = midnight - zoneOffset(midnight, zone);
  return new Date(midnight - zoneOffset(near, zone)).toISOString();
}
