import { formatClock, formatOffset } from '../time/format-time.ts';
import type { LogLine } from './to-line.ts';

/** How a line's time is told: time of day, since the attempt began, or since the line before. */
export type TimeStyle = 'clock' | 'start' | 'before';

interface Times {
  style: TimeStyle;
  zone: string;
  startedAt: number | null;
  /** The line that stands above it. */
  before: LogLine | undefined;
}

export function timeOf({ at }: LogLine, { style, zone, startedAt, before }: Times): string {
  if (style === 'start' && startedAt !== null) return formatOffset(at - startedAt);
  if (style === 'before') return before ? formatOffset(at - before.at) : '';
  return formatClock(at, zone);
}
