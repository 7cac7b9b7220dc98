import { type BlackoutWindow, weekdays } from '@nexomatic/contracts/blackout-api';

/** Whether an instant lies in a window. */
export function inWindow(window: BlackoutWindow, at: Date): boolean {
  if (window.kind === 'once') return at.getTime() >= Date.parse(window.from) && at.getTime() < Date.parse(window.until);
  const { day, minute } = wallTime(at, window.timeZone);
  const [from, until] = [minutesOf(window.from), minutesOf(window.until)];
  const begins = (weekday: number): boolean => window.days.includes(weekdays[weekday] ?? 'mon');
  if (until > from) return begins(day) && minute >= from && minute < until;
  // It goes on past midnight, and belongs to the day on which it began.
  return (begins(day) && minute >= from) || (begins((day + 6) % 7) && minute < until);
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const names: readonly string[] = weekdays;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Weekday (0 is Monday) and minute of the day on the wall of a zone. */
function wallTime(at: Date, timeZone: string): { day: number; minute: number } {
  let format = formats.get(timeZone);
  if (!format) {
    const fields = { weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    format = new Intl.DateTimeFormat('en', { timeZone, ...fields });
    formats.set(timeZone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const day = names.indexOf(parts.weekday?.toLowerCase() ?? '');
  return { day, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}
