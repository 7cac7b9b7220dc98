import cronstrue from 'cronstrue';
import { bothDaysSet } from './cron-boxes.ts';

/** What an expression says, in words: "At 09:00, Monday through Friday". Null for one that can't be read. */
export function cronWords(cron: string): string | null {
  const text = cronstrue.toString(cron, { use24HourTimeFormat: true, throwExceptionOnParseError: false });
  if (text.startsWith('An error occurred')) return null;
  // Its "and" reads as if both had to fit.
  return bothDaysSet(cron) ? text.replace(', and on ', ' or on ') : text;
}
