import type { BlackoutWindow, Weekday } from '@nexomatic/contracts/blackout-api';
import { formatDay, formatTime, instantMs } from '../../time/format-time.ts';

/** The days of the week as they are called, in their order. */
export const weekdayWords: Record<Weekday, string> = {
  mon: 'Mon',
  tue: 'Tue',
  wed: 'Wed',
  thu: 'Thu',
  fri: 'Fri',
  sat: 'Sat',
  sun: 'Sun',
};

/** When a window is, in words: "Fri, Sat, 22:00 to 06:00 the next day". One that comes once is told in the viewer's zone. */
export function windowWords(window: BlackoutWindow, viewerZone: string): string {
  if (window.kind === 'once')
    return `${pointWords(window.from, viewerZone)} to ${pointWords(window.until, viewerZone)}`;
  const { days, from, until } = window;
  const order = Object.keys(weekdayWords) as Weekday[];
  const named = order.filter((day) => days.includes(day)).map((day) => weekdayWords[day]);
  const when = named.length === order.length ? 'Every day' : named.join(', ');
  return `${when}, ${from} to ${until}${until <= from ? ' the next day' : ''}`;
}

const pointWords = (at: string, zone: string): string =>
  `${formatDay(instantMs(at), zone)}, ${formatTime(instantMs(at), zone)}`;
