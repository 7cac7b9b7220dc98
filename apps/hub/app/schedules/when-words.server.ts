import type { ScheduleSummary } from '@nexomatic/contracts/schedule-api';
import { formatDay, formatTime, instantMs } from '../time/format-time.ts';
import { cronWords } from './cron/cron-words.server.ts';

type Timing = Pick<ScheduleSummary, 'kind' | 'cron' | 'at' | 'timeZone'>;

/** When a schedule runs, in words of its own zone; its expression where there are none for it. */
export function whenWords({ kind, cron, at, timeZone }: Timing): string {
  if (kind === 'cron') return cronWords(cron ?? '') ?? cron ?? '';
  return at === null
    ? 'Once'
    : `Once, on ${formatDay(instantMs(at), timeZone)} at ${formatTime(instantMs(at), timeZone)}`;
}

/** The same beside the schedule itself, for pages: the words are made by the hub. */
export const withWords = <Schedule extends Timing>(schedule: Schedule) => ({ ...schedule, words: whenWords(schedule) });
