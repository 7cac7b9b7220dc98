import { setTimeout as pause } from 'node:timers/promises';
import { systemClock } from '@nexomatic/clock';
import type { Sql } from '@nexomatic/db/sql';
import { waitFor } from '@nexomatic/testkit/wait-for';
import { writeStep } from './stepped-clock.ts';

const minuteMs = 60_000;
/** Hubs read a step before it comes. */
const announcedMs = 300;
/** Around the step, where runs are decided and committed. */
const faultWithinMs = 400;
/** Redis and both hubs may be away at once on a machine that is busy with other things. */
const stepTimeoutMs = 120_000;

/** Each does its harm and mends it again. */
export type Faults = Record<string, () => Promise<void>>;

export interface ProofOptions {
  sql: Sql;
  clockFile: string;
  /** The time that the clock shows, a whole minute. */
  start: number;
  /** How many schedules there are, each due at every minute. */
  schedules: number;
  fires: number;
  /** So many of them before the first harm. */
  quietFires: number;
  faults: Faults;
  /** In [0, 1). */
  random(): number;
  say(text: string): void;
}

export interface ProvedRuns {
  occurrences: number;
  /** Runs that were due and have no event. */
  missed: number;
  /** Events beyond one for each run. */
  doubled: number;
  /**
   * How long after their instant the events were made, in milliseconds of real time, by the fault that was under way; `quiet`
   * before the first, `between` where none was.
   */
  driftMs: Record<string, number[]>;
  /** How often each fault was done. */
  faults: Record<string, number>;
}

interface Step {
  /** Real time. */
  at: number;
  fault: string;
}

/**
 * Steps the clock from minute to minute and does harm at random instants around the steps, then tells what became of the runs
 * that were due. Every minute is given the time that it needs, so that nothing counts as missed which is only slow.
 */
export async function proveRuns(options: ProofOptions): Promise<ProvedRuns> {
  const { sql, clockFile, start, fires, faults, say } = options;
  const draw = createDraw(options);
  const steps = new Map<number, Step>();
  for (let minute = 1; minute <= fires; minute++) {
    const at = Math.ceil((systemClock.now() + announcedMs) / 1_000) * 1_000;
    const due = start + minute * minuteMs;
    writeStep(clockFile, { before: due - minuteMs, at, after: due });
    steps.set(due, { at, fault: minute <= options.quietFires ? 'quiet' : draw.next(at) });
    await waitFor(async () => (await countRuns(sql, due)) >= options.schedules, {
      what: `the runs of minute ${minute}`,
      timeoutMs: stepTimeoutMs,
      everyMs: 50,
    });
    if (minute % 10 === 0) say(`${minute} of ${fires} minutes`);
  }
  await draw.finish();
  // Whoever starts now must find nothing left to fire.
  for (const harm of Object.values(faults)) await harm();
  return { ...(await tally(options, steps)), faults: draw.done };
}

/** Draws the faults: each kind once, then any or none. One at a time, since what was killed has to come back. */
function createDraw({ faults, random }: ProofOptions) {
  const names = Object.keys(faults);
  const left = [...names];
  const done: Record<string, number> = {};
  let under: { name: string; mended: Promise<void> } | null = null;
  return {
    done,
    /** The fault that is under way at that step. */
    next(at: number): string {
      if (under) return under.name;
      const name = left.shift() ?? names[Math.floor(random() * names.length * 2)];
      if (name === undefined) return 'between';
      done[name] = (done[name] ?? 0) + 1;
      const wait = Math.max(0, at + (random() - 0.5) * faultWithinMs - systemClock.now());
      const mended = pause(wait)
        .then(faults[name])
        .finally(() => {
          under = null;
        });
      under = { name, mended };
      return name;
    },
    async finish(): Promise<void> {
      await under?.mended;
    },
  };
}

async function countRuns(sql: Sql, due: number): Promise<number> {
  const [row] = await sql.query<{ runs: number }>(
    'SELECT COUNT(*) AS runs FROM schedule_occurrences WHERE due_at = ?',
    [new Date(due)],
  );
  return Number(row?.runs ?? 0);
}

async function tally(
  { sql, schedules, fires }: ProofOptions,
  steps: Map<number, Step>,
): Promise<Omit<ProvedRuns, 'faults'>> {
  const rows = await sql.query<{ due: Date; event: string | null; made: Date | null }>(
    `SELECT o.due_at AS due, HEX(e.id) AS event, e.created_at AS made FROM schedule_occurrences o
       LEFT JOIN events e ON e.tenant_id = o.tenant_id AND e.id = o.event_id AND o.status = 'fired'`,
  );
  const [all] = await sql.query<{ events: number }>(
    'SELECT COUNT(*) AS events FROM events WHERE schedule_id IS NOT NULL',
  );
  const fired = rows.flatMap(({ due, event, made }) => {
    const step = steps.get(due.getTime());
    return event !== null && made && step ? { event, fault: step.fault, ms: made.getTime() - step.at } : [];
  });
  const driftMs: Record<string, number[]> = {};
  for (const { fault, ms } of fired) driftMs[fault] = [...(driftMs[fault] ?? []), ms];
  return {
    occurrences: rows.length,
    missed: schedules * fires - new Set(fired.map(({ event }) => event)).size,
    doubled: Number(all?.events ?? 0) - schedules * fires,
    driftMs,
  };
}
