import cronstrue from 'cronstrue';

/** What an expression says, in words: "At 09:00, Monday through Friday". Null for one that can't be read. */
export function cronWords(cron: string): string | null {
  const text = cronstrue.toString(cron, { use24HourTimeFormat: true, throwExceptionOnParseError: false });
  return text.startsWith('An error occurred') ? null : text;
}
