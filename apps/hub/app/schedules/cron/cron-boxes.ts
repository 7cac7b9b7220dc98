/** The five fields of a cron expression, in their order; `name` is how the hub calls one that does not fit. */
export const cronBoxes = [
  { name: 'minute', word: 'Minute', takes: '0–59' },
  { name: 'hour', word: 'Hour', takes: '0–23' },
  { name: 'day of month', word: 'Day of month', takes: '1–31' },
  { name: 'month', word: 'Month', takes: '1–12, JAN' },
  { name: 'day of week', word: 'Day of week', takes: '0–7, SUN' },
] as const;

type Boxes = [minute: string, hour: string, day: string, month: string, weekday: string];

/** An expression as its five boxes. What is too much stays in the last one, what lacks is empty: nothing that was typed is lost. */
export function splitCron(text: string): Boxes {
  const [minute = '', hour = '', day = '', month = '', ...rest] = text.trim().split(/\s+/);
  return [minute, hour, day, month, rest.join(' ')];
}

/** The expression with another text in one box. An empty box means every one, as its placeholder says. */
export function withBox(text: string, box: number, value: string): string {
  return splitCron(text)
    .map((part, index) => (index === box ? value.replaceAll(/\s+/g, '') : part) || '*')
    .join(' ');
}

/** The box that a fault is about: the hub begins it with the name of the field. Null for faults of the whole. */
export function boxOfFault(fault: string): number | null {
  const found = cronBoxes.findIndex(({ name }) => fault.startsWith(`${name}: `));
  return found < 0 ? null : found;
}

/** Whether both day fields narrow it: then a day that fits either of them counts. Anything but a lone `*` narrows. */
export function bothDaysSet(text: string): boolean {
  const [, , day, , weekday] = splitCron(text);
  return [day, weekday].every((part) => part !== '' && part !== '*');
}

/** Where most schedules begin. */
export const cronPresets: readonly { cron: string; word: string }[] = [
  { cron: '*/5 * * * *', word: 'Every 5 minutes' },
  { cron: '0 * * * *', word: 'Every hour' },
  { cron: '0 2 * * *', word: 'Every night' },
  { cron: '0 9 * * 1-5', word: 'Weekdays at 9' },
  { cron: '0 8 * * 1', word: 'Monday mornings' },
  { cron: '0 6 1 * *', word: 'First of the month' },
];
