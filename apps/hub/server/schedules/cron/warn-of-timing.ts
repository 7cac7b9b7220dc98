import type { Warning } from '@nexomatic/contracts/definition-api';
import { nextInstant, type Timing } from './run-times.ts';

/** What may not be meant by the times of a schedule, though it is no fault. */
export function warnOfTiming(timing: Timing, now: Date): Warning[] {
  return [eitherDay(timing), noRunSoon(timing, now)].flatMap((warning) => warning ?? []);
}

function eitherDay({ cron }: Timing): Warning | null {
  const [, , dayOfMonth = '*', , dayOfWeek = '*'] = cron?.trim().split(/\s+/) ?? [];
  if (dayOfMonth === '*' || dayOfWeek === '*') return null;
  const message =
    'both day fields are set: it runs on every day that fits either of them, not only on those that fit both';
  return { code: 'cron_either_day', path: 'cron', message };
}

function noRunSoon(timing: Timing, now: Date): Warning | null {
  const next = nextInstant(timing, now);
  const soon = new Date(now.getTime());
  soon.setUTCFullYear(soon.getUTCFullYear() + 5);
  if (next && next < soon) return null;
  return { code: 'no_run_in_five_years', path: fieldOf(timing, soon), message: messageOf(timing, next) };
}

/** The field that keeps the runs away. */
function fieldOf({ kind, startsAt, endsAt }: Timing, soon: Date): string {
  if (kind === 'at') return 'at';
  if (startsAt && startsAt >= soon) return 'startsAt';
  return endsAt && endsAt < soon ? 'endsAt' : 'cron';
}

function messageOf({ kind }: Timing, next: Date | null): string {
  if (next) return `no run in 5 years; the next one is on ${next.toISOString().slice(0, 10)}`;
  return kind === 'at' ? 'the instant has passed: it would not fire' : 'no run in 5 years, and none is to come';
}
