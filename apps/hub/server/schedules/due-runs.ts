import type { ScheduleRow } from '@nexomatic/db/ledger/schedule-rows';
import { instantsBetween, nextInstant } from './cron/run-times.ts';
import { fireTime } from './jitter.ts';

/** A planned run whose time has come. */
export interface DueRun {
  dueAt: Date;
  /** No hub was there when it should have fired. */
  late: boolean;
}

export interface DueRuns {
  /** In the order in which they fire. */
  runs: DueRun[];
  /** Older ones that are too many to be told one by one. */
  folded: { dueAt: Date; throughAt: Date; count: number } | null;
  /** The first planned run whose time has not come; null when none is to come. */
  next: Date | null;
}

/** A run that fires later than this was missed. */
const lateMs = 60_000;
/** Most runs of one gap that get a row each. */
const mostSingle = 1_000;
/** Runs that are counted; more are as good as so many. */
const mostCounted = 10_000;
/** Older ones are only counted. */
const lookBackMs = 60 * 24 * 3_600_000;
/** More than a run each minute for so long. */
const mostLookedAt = 100_000;

/** The runs of a schedule from its next planned one on whose time, jitter included, has come. */
export function dueRuns(schedule: ScheduleRow, now: Date): DueRuns {
  const { nextDueAt } = schedule.standing;
  if (!schedule.enabled || !nextDueAt || nextDueAt > now) return { runs: [], folded: null, next: nextDueAt };
  const planned = plannedRuns(schedule, nextDueAt, now);
  const ready = readyTimes(schedule, planned);
  const waiting = ready.findIndex((at) => at > now.getTime());
  const due = planned.slice(0, waiting < 0 ? planned.length : waiting);
  const old = due.slice(0, -mostSingle);
  return {
    runs: due.slice(-mostSingle).map((dueAt, i) => ({
      dueAt,
      late: now.getTime() - (ready[old.length + i] ?? 0) > lateMs,
    })),
    folded: foldedOf(old),
    next: waiting < 0 ? nextInstant(schedule, now) : (planned[waiting] ?? null),
  };
}

function plannedRuns(schedule: ScheduleRow, from: Date, now: Date): Date[] {
  const end = new Date(now.getTime() + 1);
  const recent = new Date(Math.max(from.getTime(), now.getTime() - lookBackMs));
  return [
    ...(recent > from ? instantsBetween(schedule, from, recent, mostCounted) : []),
    ...instantsBetween(schedule, recent, end, mostLookedAt),
  ];
}

/** Runs fire in their planned order: one whose jitter is shorter than that of the run before waits for it. */
function readyTimes(schedule: ScheduleRow, planned: Date[]): number[] {
  let latest = 0;
  return planned.map((dueAt) => {
    latest = Math.max(latest, fireTime(schedule, dueAt).getTime());
    return latest;
  });
}

function foldedOf(old: Date[]): DueRuns['folded'] {
  const [first, last] = [old[0], old.at(-1)];
  return first && last ? { dueAt: first, throughAt: last, count: Math.min(old.length, mostCounted) } : null;
}
