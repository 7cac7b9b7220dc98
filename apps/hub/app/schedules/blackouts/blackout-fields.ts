import type { BlackoutSummary } from '@nexomatic/contracts/blackout-api';
import { instantMs } from '../../time/format-time.ts';
import { toLocal } from '../../time/local-time.ts';

/** How the fields of a blackout window are called. */
export const blackoutLabels = {
  name: 'Name',
  scheduleId: 'Holds for',
  kind: 'How often',
  fromDate: 'From',
  untilDate: 'Until',
  days: 'Begins on',
  from: 'From',
  until: 'Until',
  timeZone: 'Time zone',
};

/** What the form of a window holds: texts, as its controls do. */
export interface BlackoutFormShape {
  name: string;
  scheduleId: string;
  kind: string;
  fromDate: string;
  untilDate: string;
  days: string[];
  from: string;
  until: string;
  timeZone: string;
}

/** A window as its form begins with it; the times of one that comes once are those of the viewer's zone. */
export function blackoutFormValue(
  { name, scheduleId, window }: BlackoutSummary,
  zone: string,
): Partial<BlackoutFormShape> {
  const named = { name, kind: window.kind, ...(scheduleId === null ? {} : { scheduleId }) };
  if (window.kind === 'weekly') {
    const { days, from, until, timeZone } = window;
    return { ...named, days, from, until, timeZone };
  }
  const local = (at: string): string => toLocal(instantMs(at), zone);
  return { ...named, fromDate: local(window.from), untilDate: local(window.until), timeZone: zone };
}
