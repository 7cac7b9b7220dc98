import { CronExpressionParser } from 'cron-parser';

interface CronField {
  name: string;
  from: number;
  to: number;
  /** Names that stand for numbers, the first for `from`. */
  names?: readonly string[];
}

const months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const days = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
const cronFields: readonly CronField[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: months },
  { name: 'day of week', from: 0, to: 7, names: days },
];

/** Longer ones are no more than a way to keep the hub busy. */
const maxLength = 200;

/**
 * What is wrong with a cron expression, the field named; null for a good one. Stricter than the library that computes the
 * runs, which takes an empty text, seconds and short forms: five fields of lists, ranges and steps, and nothing else.
 */
export function cronFault(cron: string): string | null {
  if (cron.length > maxLength) return `longer than ${maxLength} characters`;
  const parts = cron.trim().split(/\s+/);
  if (cron.trim() === '' || parts.length !== cronFields.length) {
    return 'five fields, separated by spaces: minute, hour, day of month, month, day of week';
  }
  for (const [i, field] of cronFields.entries()) {
    const fault = fieldFault(field, parts[i] ?? '');
    if (fault !== null) return `${field.name}: ${fault}`;
  }
  return neverRuns(parts.join(' ')) ? 'day of month and month: there is no such date, so it would never run' : null;
}

function fieldFault(field: CronField, text: string): string | null {
  for (const item of text.split(',')) {
    const [, first = '', last, step] = /^(\*|\w+)(?:-(\w+))?(?:\/(\w+))?$/.exec(item) ?? [];
    if (first === '') return `${JSON.stringify(item)} is no number, range or step`;
    const from = first === '*' ? field.from : numberOf(field, first);
    const to = first === '*' ? field.to : last === undefined ? from : numberOf(field, last);
    if (from === null || to === null || (first === '*' && last !== undefined)) {
      return `${JSON.stringify(item)} is not within ${field.from} to ${field.to}`;
    }
    if (from > to)
      return `${JSON.stringify(item)} runs backwards${to === 0 && field.to === 7 ? '; as an end, Sunday is 7' : ''}`;
    if (step === undefined) continue;
    if (first !== '*' && last === undefined) return `${JSON.stringify(item)}: a step needs a range or * before it`;
    if (!/^\d{1,2}$/.test(step) || Number(step) < 1 || Number(step) > field.to) {
      return `${JSON.stringify(item)}: the step is not within 1 to ${field.to}`;
    }
  }
  return null;
}

function numberOf({ from, to, names = [] }: CronField, text: string): number | null {
  const named = names.indexOf(text.toUpperCase());
  if (named >= 0) return named + from;
  const number = /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number : null;
}

const longestOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** 31 February is good in every field, and there is none. The library refuses some such dates, and looks long for the others. */
function neverRuns(cron: string): boolean {
  try {
    const { dayOfMonth, month, dayOfWeek } = CronExpressionParser.parse(cron, { tz: 'UTC' }).fields;
    const longest = Math.max(...month.values.map((one) => longestOfMonth[one - 1] ?? 0));
    return dayOfWeek.isWildcard && Math.min(...dayOfMonth.values.map(Number)) > longest;
  } catch {
    return true;
  }
}
