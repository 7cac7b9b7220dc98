import type { OccurrenceOrigin, OccurrenceStatus, SkipReason } from '@nexomatic/contracts/schedule-occurrence';
import { maxRunsAtOnce } from '@nexomatic/contracts/schedule-run-api';
import type { ScheduleRow, ScheduleStanding } from '@nexomatic/db/ledger/schedule-rows';
import type { DueRun, DueRuns } from './due-runs.ts';
import { fireTime } from './jitter.ts';

/** What decides about the runs of one schedule beside the schedule itself. */
export interface RunFacts {
  now: Date;
  suspended: boolean;
  /** The tenant's source of kind SCHEDULER is switched off. */
  sourceDisabled: boolean;
  /** Why no run of it can become an event just now; null: it can. */
  unfit: SkipReason | null;
  /** Events of it that are not finished. */
  open: number;
  inBlackout(dueAt: Date): boolean;
  /** What stands already of a planned run. */
  standingOf(dueAt: Date): OccurrenceStatus | undefined;
}

export interface DecidedRun {
  dueAt: Date;
  throughAt: Date | null;
  count: number;
  status: OccurrenceStatus;
  reason: SkipReason | null;
  origin: OccurrenceOrigin;
  /** What stood before; null: nothing. */
  from: OccurrenceStatus | null;
}

/** What happened to the schedule itself, for the audit log. */
type ScheduleChange = 'resumed' | 'paused';

export interface Decision {
  runs: DecidedRun[];
  /** Where the schedule stands afterwards. */
  standing: ScheduleStanding;
  /** Events of earlier runs are to be cancelled before the new one is made. */
  cancelOpen: boolean;
  change: ScheduleChange | null;
}

/** Decides what becomes of each run of a schedule that is due: the one place where all rules meet. */
export function decideRuns(schedule: ScheduleRow, due: DueRuns, facts: RunFacts): Decision {
  const { now } = facts;
  const { change, ...pause } = decidePause(schedule, now);
  const standing: ScheduleStanding = { ...schedule.standing, ...pause };
  const runs: DecidedRun[] = foldedRun(schedule, due, facts);
  const open: DueRun[] = [];
  for (const run of due.runs) {
    if (facts.standingOf(run.dueAt)) continue;
    const reason = standingReason(schedule, facts, run.dueAt);
    if (reason) runs.push(skip(run.dueAt, reason));
    else open.push(run);
  }
  const waiting = decideWaiting(schedule, standing, facts);
  const { held, skipped, fires } = applyMissedRule(schedule, open, now);
  const overlap = applyOverlapRule(schedule, fires, {
    running: facts.open > 0 || waiting?.status === 'fired',
    waiting: standing.waitingDueAt !== null && waiting === null,
  });
  runs.push(...skipped, ...held, ...(waiting ? [waiting] : []), ...overlap.runs);
  runs.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime());
  if (waiting) standing.waitingDueAt = null;
  standing.waitingDueAt = overlap.waitingDueAt ?? standing.waitingDueAt;
  standing.heldCount += held.length;
  standing.nextDueAt = due.next;
  if (standing.skipDueAt && (!due.next || standing.skipDueAt < due.next)) standing.skipDueAt = null;
  standing.wakeAt = wakeTime(schedule, standing);
  return { runs, standing, cancelOpen: overlap.cancelOpen && facts.open > 0, change };
}

/** When a tick has to look at a schedule that stands so: at its next run, or when its pause ends. */
export function wakeTime(
  schedule: Pick<ScheduleRow, 'id' | 'jitterSeconds' | 'enabled'>,
  { nextDueAt, pausedAt, pausedUntil }: ScheduleStanding,
): Date | null {
  if (!schedule.enabled) return null;
  const fires = nextDueAt && fireTime(schedule, nextDueAt);
  const resumes = pausedAt && pausedUntil;
  if (!fires || !resumes) return fires ?? resumes;
  return new Date(Math.min(fires.getTime(), resumes.getTime()));
}

/** A pause that has lasted as long as it was to ends; too many failures in a row begin one. */
function decidePause({ standing, pauseAfterFailures, enabled }: ScheduleRow, now: Date) {
  const { pausedAt, pausedBy, pauseNote, pausedUntil, failuresInRow } = standing;
  if (pausedAt && pausedUntil && pausedUntil <= now) {
    return {
      pausedAt: null,
      pausedBy: null,
      pauseNote: null,
      pausedUntil: null,
      failuresInRow: 0,
      change: 'resumed' as const,
    };
  }
  const failing = pauseAfterFailures !== null && failuresInRow >= pauseAfterFailures;
  if (!pausedAt && failing && enabled) {
    const pauseNote = `${failuresInRow} events in a row ended as ERROR`;
    return { pausedAt: now, pausedBy: null, pauseNote, pausedUntil: null, failuresInRow, change: 'paused' as const };
  }
  return { pausedAt, pausedBy, pauseNote, pausedUntil, failuresInRow, change: null };
}

const skip = (dueAt: Date, reason: SkipReason): DecidedRun => ({
  ...{ dueAt, throughAt: null, count: 1, status: 'skipped', reason, origin: 'tick', from: null },
});

/** Why a run is not even considered; null: it is. What people want comes before what is wrong. */
function standingReason(schedule: ScheduleRow, facts: RunFacts, dueAt: Date): SkipReason | null {
  if (facts.suspended) return 'tenant_suspended';
  if (isPaused(schedule, dueAt)) return 'paused';
  if (schedule.standing.skipDueAt?.getTime() === dueAt.getTime()) return 'skipped_by_person';
  if (facts.inBlackout(dueAt)) return 'blackout';
  return facts.sourceDisabled ? 'source_disabled' : facts.unfit;
}

/** The pause as it was for a run of that time: one that ended since then held only what was due before its end. */
function isPaused({ standing, pauseAfterFailures }: ScheduleRow, dueAt: Date): boolean {
  const { pausedAt, pausedUntil, failuresInRow } = standing;
  if (pausedAt) return pausedUntil === null || dueAt < pausedUntil;
  return pauseAfterFailures !== null && failuresInRow >= pauseAfterFailures;
}

/** The one row of runs that are too many to be told one by one. */
function foldedRun(schedule: ScheduleRow, { folded }: DueRuns, facts: RunFacts): DecidedRun[] {
  if (!folded) return [];
  const { dueAt, throughAt, count } = folded;
  // The first of them may have been fired by hand: the row stands right behind it then.
  const free = facts.standingOf(dueAt) ? new Date(dueAt.getTime() + 1) : dueAt;
  return [{ ...skip(free, wholeReason(schedule, facts)), throughAt, count, origin: 'catch_up' }];
}

/** Of runs that are told together. */
function wholeReason(schedule: ScheduleRow, facts: RunFacts): SkipReason {
  if (facts.suspended) return 'tenant_suspended';
  return schedule.standing.pausedAt && !schedule.standing.pausedUntil ? 'paused' : 'missed';
}

/** The run that waited for the end of the one before, if its time has come; null while it goes on waiting. */
function decideWaiting(schedule: ScheduleRow, standing: ScheduleStanding, facts: RunFacts): DecidedRun | null {
  const dueAt = standing.waitingDueAt;
  if (!dueAt) return null;
  const reason = whyNotNow(schedule, standing, facts);
  if (reason) return { ...skip(dueAt, reason), from: 'waiting' };
  return facts.open > 0 ? null : { ...fire(dueAt, 'tick'), from: 'waiting' };
}

function whyNotNow({ enabled }: ScheduleRow, { pausedAt }: ScheduleStanding, facts: RunFacts): SkipReason | null {
  if (facts.suspended) return 'tenant_suspended';
  if (!enabled) return 'switched_off';
  if (pausedAt) return 'paused';
  return facts.sourceDisabled ? 'source_disabled' : facts.unfit;
}

const fire = (dueAt: Date, origin: OccurrenceOrigin): DecidedRun => ({
  ...{ dueAt, throughAt: null, count: 1, status: 'fired', reason: null, origin, from: null },
});

/** What becomes of runs that came too late: let go, the latest alone, or held for a person to decide. */
function applyMissedRule(schedule: ScheduleRow, runs: DueRun[], now: Date) {
  const late = runs.filter((run) => run.late).map(({ dueAt }) => dueAt);
  const onTime = runs.filter((run) => !run.late).map(({ dueAt }) => fire(dueAt, 'tick'));
  const missed = (dueAt: Date): DecidedRun => ({ ...skip(dueAt, 'missed'), origin: 'catch_up' });
  if (schedule.missed === 'all') {
    const begin = now.getTime() - schedule.missedWindowMinutes * 60_000;
    const room = Math.max(0, maxRunsAtOnce - schedule.standing.heldCount);
    const within = late.filter((dueAt) => dueAt.getTime() >= begin);
    const kept = new Set(room === 0 ? [] : within.slice(-room));
    const held = [...kept].map((dueAt): DecidedRun => ({ ...fire(dueAt, 'catch_up'), status: 'held' }));
    return { held, skipped: late.filter((dueAt) => !kept.has(dueAt)).map(missed), fires: onTime };
  }
  // A run that is on time makes up for all before it.
  const latest = schedule.missed === 'latest' && onTime.length === 0 ? late.at(-1) : undefined;
  const skipped = late.filter((dueAt) => dueAt !== latest).map(missed);
  return { held: [], skipped, fires: latest ? [fire(latest, 'catch_up')] : onTime };
}

/** What becomes of runs that are to fire while an event of an earlier one is not finished. */
function applyOverlapRule(
  { overlap }: ScheduleRow,
  fires: DecidedRun[],
  { running, waiting }: { running: boolean; waiting: boolean },
): { runs: DecidedRun[]; waitingDueAt: Date | null; cancelOpen: boolean } {
  if (overlap === 'allow') return { runs: fires, waitingDueAt: null, cancelOpen: false };
  if (overlap === 'cancel_running') {
    // Of several at once the last one would cancel the others: they are let go at once.
    const runs = fires.map((run, i) => (i === fires.length - 1 ? run : { ...run, ...overlapped }));
    return { runs, waitingDueAt: null, cancelOpen: fires.length > 0 };
  }
  let waitingDueAt: Date | null = null;
  let [busy, full] = [running, waiting];
  const runs = fires.map((run): DecidedRun => {
    if (!busy) {
      busy = true;
      return run;
    }
    if (overlap === 'skip' || full) return { ...run, ...overlapped };
    full = true;
    waitingDueAt = run.dueAt;
    return { ...run, status: 'waiting' };
  });
  return { runs, waitingDueAt, cancelOpen: false };
}

const overlapped = { status: 'skipped', reason: 'overlap' } as const;
