import { formatDayMinute, formatMinute, instantMs } from '../time/format-time.ts';

/** "14:00", or "24 Nov, 14:00" where the range is longer than a day. */
export const stepText = (at: string, stepSeconds: number, zone: string): string =>
  stepSeconds > 3_600 ? formatDayMinute(instantMs(at), zone) : formatMinute(instantMs(at), zone);

/** "14:00 – 14:30" */
export function spanText(from: string, stepSeconds: number, steps: number, zone: string): string {
  const end = new Date(instantMs(from) + steps * stepSeconds * 1000).toISOString();
  return `${stepText(from, stepSeconds, zone)} – ${stepText(end, stepSeconds, zone)}`;
}
