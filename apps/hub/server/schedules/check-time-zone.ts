const known = new Map([...Intl.supportedValuesOf('timeZone'), 'UTC'].map((zone) => [zone.toLowerCase(), zone]));

/**
 * What is wrong with a time zone; null for an IANA name as it is written there. Old names that stand for new ones
 * (`US/Eastern`) are taken, offsets are not: they know no summer time.
 */
export function timeZoneFault(zone: string): string | null {
  const written = known.get(zone.toLowerCase());
  if (written === zone) return null;
  if (written !== undefined) return `written ${written}`;
  return /^[A-Za-z]/.test(zone) && isZone(zone) ? null : 'not an IANA time zone; give for example Europe/Berlin or UTC';
}

function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
