/**
 * The one place that turns times into words. Everything here is plain arithmetic on the viewer's zone and English
 * month names, so that server and browser write the very same text whatever their locale data says.
 */

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const quarterHour = 15 * 60_000;
const zoneFormats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

/** Whether this runtime knows the zone; a zone that comes from a cookie may be anything. */
export function isTimeZone(zone: string): boolean {
  try {
    return zone.length > 0 && zone.length <= 64 && zoneFormat(zone) !== undefined;
  } catch {
    // Intl's way of saying that there is no such zone.
    return false;
  }
}

function zoneFormat(zone: string): Intl.DateTimeFormat {
  const known = zoneFormats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  zoneFormats.set(zone, format);
  return format;
}

/** Milliseconds that the zone is ahead of UTC at that time. Zones change on quarter hours at the finest. */
export function zoneOffset(at: number, zone: string): number {
  if (zone === 'UTC') return 0;
  const bucket = Math.floor(at / quarterHour) * quarterHour;
  const key = `${zone} ${bucket}`;
  const known = offsets.get(key);
  if (known !== undefined) return known;
  const part: Record<string, number> = {};
  for (const { type, value } of zoneFormat(zone).formatToParts(bucket)) part[type] = Number(value);
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  const offset = Date.UTC(year, month - 1, day, hour, minute, second) - bucket;
  if (offsets.size > 2_000) offsets.clear();
  offsets.set(key, offset);
  return offset;
}

const two = (value: number): string => String(value).padStart(2, '0');
const inZone = (at: number, zone: string): Date => new Date(at + zoneOffset(at, zone));

/** `12:04:11.087`, for log lines. */
export function formatClock(at: number, zone: string): string {
  const date = inZone(at, zone);
  const millis = String(date.getUTCMilliseconds()).padStart(3, '0');
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}.${millis}`;
}

/** `12:04`, for axes. */
export function formatMinute(at: number, zone: string): string {
  const date = inZone(at, zone);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}`;
}

/** `24 Nov, 12:04`, for axes that are longer than a day. */
export function formatDayMinute(at: number, zone: string): string {
  const date = inZone(at, zone);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]}, ${formatMinute(at, zone)}`;
}

/** `Tue 24 Nov 2026`, for times that lie ahead: there the day of the week matters. */
export function formatDay(at: number, zone: string): string {
  const date = inZone(at, zone);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `12:04`, or `12:04:30` where the seconds matter. */
export function formatTime(at: number, zone: string): string {
  const seconds = inZone(at, zone).getUTCSeconds();
  return seconds === 0 ? formatMinute(at, zone) : `${formatMinute(at, zone)}:${two(seconds)}`;
}

/** `24 Nov 2026, 12:04:11`, without the zone. */
function formatDateTime(at: number, zone: string): string {
  const date = inZone(at, zone);
  const day = `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day}, ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** `24 Nov 2026, 12:04:11.087 Europe/Berlin`: nothing is left to guess. */
export function formatAbsolute(at: number, zone: string): string {
  const millis = String(inZone(at, zone).getUTCMilliseconds()).padStart(3, '0');
  return `${formatDateTime(at, zone)}.${millis} ${zone}`;
}

/** `just now`, `12 s ago`, `3 h ago`; from 30 days on the date itself. */
export function formatRelative(at: number, now: number, zone: string): string {
  const seconds = Math.round((now - at) / 1000);
  // Clocks of browser and hub differ a little; nobody wants to read "in 1 s" on an event that has happened.
  if (seconds < 3) return seconds < -60 ? formatDateTime(at, zone) : 'just now';
  if (seconds < 60) return `${seconds} s ago`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`;
  if (seconds < 30 * 86_400) return `${Math.floor(seconds / 86_400)} d ago`;
  const date = inZone(at, zone);
  return `${date.getUTCDate()} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `410 ms`, `4.2 s`, `41 s`, `2 m 05 s`, `1 h 02 m`, `3 d 4 h`. */
export function formatDuration(duration: number): string {
  const ms = Math.max(0, Math.round(duration));
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 9_950) return `${(ms / 1000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${two(seconds % 60)} s`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${two(minutes % 60)} m`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Like `formatDuration` in whole seconds, for a figure that counts up. */
export function formatRunning(ms: number): string {
  return ms < 10_000 ? `${Math.max(0, Math.floor(ms / 1000))} s` : formatDuration(ms);
}

/** `UTC+5:45`: how far ahead of UTC the zone is at that time. */
export function formatZoneOffset(at: number, zone: string): string {
  const minutes = Math.round(zoneOffset(at, zone) / 60_000);
  if (minutes === 0) return 'UTC';
  const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
  return `UTC${minutes < 0 ? '−' : '+'}${hours}${rest === 0 ? '' : `:${two(rest)}`}`;
}

/** `+0.087 s`: time since the start of an attempt, for log lines. */
export function formatOffset(ms: number): string {
  return `${ms < 0 ? '−' : '+'}${(Math.abs(ms) / 1000).toFixed(3)} s`;
}

/** Parses an instant of the API (ISO 8601, UTC) into milliseconds. */
export const instantMs = (iso: string): number => Date.parse(iso);
