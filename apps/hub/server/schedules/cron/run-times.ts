import { runsInStretch, type ShiftOfRun, type Stretch } from './stretch.ts';
import { wallTimesOf } from './wall-times.ts';
import { offsetAt, shiftsOfYear, type ZoneShift } from './zone-shifts.ts';

/** What of a schedule says when it runs. */
export interface Timing {
  kind: 'cron' | 'at';
  /** Five fields that `cronFault` found good; null of kind `at`. */
  cron: string | null;
  /** IANA name. */
  timeZone: string;
  /** No run before it and none after it; a run at that very instant counts. */
  startsAt: Date | null;
  endsAt: Date | null;
  /** The one instant of kind `at`. */
  at: Date | null;
}

/** One planned run. */
export interface Run {
  at: Date;
  /** What the clock has to do with it, if it is set around then. */
  shift: ShiftOfRun | null;
}

/** How far ahead runs are looked for: 29 February can be eight years away, around 2100. */
export const horizonYears = 10;

/**
 * The first planned instant after another, or null when there is none before the schedule ends or within ten years.
 *
 * An expression names times on the wall of its zone. Where the clock of the zone is set:
 * - A time that the clock jumps over runs as much later as the clock jumped: 02:30 at 03:30 when 02:00 becomes 03:00. It is
 *   never lost, and is one run where another time of the expression falls on the same instant.
 * - A time that comes twice runs once, at the first pass. An expression that begins its minute or its hour with `*` follows
 *   the clock instead, and runs at both: every quarter of an hour stays that.
 */
export function nextInstant(timing: Timing, after: Date): Date | null {
  return runsAfter(timing, after, 1)[0]?.at ?? null;
}

/** The planned instants from one instant on and before another, oldest first, at most `limit`. */
export function instantsBetween(timing: Timing, from: Date, to: Date, limit: number): Date[] {
  const instants: Date[] = [];
  for (const run of walk(timing, from.getTime() - 1)) {
    if (run.at.getTime() >= to.getTime() || instants.length >= limit) break;
    instants.push(run.at);
  }
  return instants;
}

/** The next planned runs after an instant, oldest first, with what the clock does to them. */
export function runsAfter(timing: Timing, after: Date, count: number): Run[] {
  const runs: Run[] = [];
  if (count < 1) return runs;
  for (const run of walk(timing, after.getTime())) {
    runs.push(run);
    if (runs.length >= count) break;
  }
  return runs;
}

function* walk({ kind, cron, timeZone, startsAt, endsAt, at }: Timing, after: number): Generator<Run> {
  if (kind === 'at') {
    if (at && at.getTime() > after) yield { at, shift: null };
    return;
  }
  if (cron === null) return;
  const last = endsAt?.getTime() ?? Number.POSITIVE_INFINITY;
  const expression = { wallTimes: wallTimesOf(cron), followsClock: followsClock(cron) };
  let from = Math.max(after, startsAt ? startsAt.getTime() - 1 : after);
  for (const stretch of stretches(timeZone, from)) {
    for (const run of runsInStretch(expression, stretch, from)) {
      if (run.at > last) return;
      yield { at: new Date(run.at), shift: run.shift };
    }
    from = Math.max(from, stretch.end - 1);
  }
}

/** Whether an expression goes on through an hour that comes twice. */
const followsClock = (cron: string): boolean =>
  cron
    .trim()
    .split(/\s+/, 2)
    .some((field) => field.startsWith('*'));

/** The stretches of time in which the zone's clock is not set, from the one that an instant lies in. */
function* stretches(timeZone: string, from: number): Generator<Stretch> {
  const firstYear = new Date(from).getUTCFullYear();
  const end = Date.UTC(firstYear + horizonYears + 1, 0);
  let begun: ZoneShift | null = null;
  for (let year = firstYear - 1; year <= firstYear + horizonYears; year++) {
    for (const shift of shiftsOfYear(timeZone, year)) {
      if (shift.at > from) yield { begun, ended: shift, end: shift.at, offset: shift.before };
      begun = shift;
    }
  }
  yield { begun, ended: null, end, offset: begun?.after ?? offsetAt(timeZone, from) };
}
