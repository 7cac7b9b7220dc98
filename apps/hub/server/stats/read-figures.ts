import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import { type OverviewFigures, type OverviewRange, overviewRanges } from '@nexomatic/contracts/overview-api';
import { type StatSum, slotSeconds, sumCounts } from '@nexomatic/db/ledger/event-stats';
import type { Sql } from '@nexomatic/db/sql';
import { quantile } from './histogram.ts';

export interface RangeFigures {
  since: number;
  until: number;
  stepSeconds: number;
  steps: (OverviewFigures & { at: number })[];
  total: OverviewFigures;
  before: OverviewFigures;
}

export type ReadFigures = (tenantId: Id<'tenant'>, range: OverviewRange) => Promise<RangeFigures>;

/** An answer is kept for so many times as long as it took to make: many pages together cost the database a twentieth. */
const restFactor = 20;
const [minRestMs, maxRestMs] = [1_000, 30_000];
const maxKept = 1_000;

/** Reads the counters of all types of a tenant; pages that ask at the same time, or soon after, get the same answer. */
export function createReadFigures({ sql, clock }: { sql: Sql; clock: Clock }): ReadFigures {
  const kept = new Map<string, { goodUntil: number; figures: Promise<RangeFigures> }>();

  return (tenantId, range) => {
    const key = `${tenantId} ${range}`;
    const startedAt = clock.monotonic();
    const known = kept.get(key);
    if (known && startedAt < known.goodUntil) return known.figures;
    const entry = { goodUntil: Number.POSITIVE_INFINITY, figures: readRange(sql, tenantId, range, clock.now()) };
    if (kept.size >= maxKept) kept.clear();
    kept.set(key, entry);
    entry.figures.then(
      () => {
        const now = clock.monotonic();
        entry.goodUntil = now + Math.min(Math.max((now - startedAt) * restFactor, minRestMs), maxRestMs);
      },
      // Whoever asked is told; the next one asks again.
      () => kept.delete(key),
    );
    return entry.figures;
  };
}

async function readRange(sql: Sql, tenantId: Id<'tenant'>, range: OverviewRange, now: number): Promise<RangeFigures> {
  const { stepSeconds, steps: count } = overviewRanges[range];
  const stepMs = stepSeconds * 1000;
  const until = endOf(now, stepMs);
  const since = until - count * stepMs;
  const read = (from: number, to: number, step: number): Promise<StatSum[]> =>
    sumCounts(sql, tenantId, { eventTypeId: null, since: new Date(from), until: new Date(to), stepSeconds: step });
  const [sums, earlier] = await Promise.all([
    read(since, until, stepSeconds),
    // Up to the same moment of the period before: half a day is not compared with a whole one.
    read(since - count * stepMs, endOf(now, slotSeconds * 1000) - count * stepMs, allTime),
  ]);
  const byStep = Map.groupBy(sums, ({ at }) => at);
  const steps = Array.from({ length: count }, (_, i) => {
    const at = since + i * stepMs;
    return { at, ...figuresOf(byStep.get(at) ?? []) };
  });
  return { since, until, stepSeconds, steps, total: figuresOf(sums), before: figuresOf(earlier) };
}

/** One step that holds whatever time there is. */
const allTime = 10 ** 10;

const endOf = (at: number, lengthMs: number): number => (Math.floor(at / lengthMs) + 1) * lengthMs;

/** Adds counts up, whatever their steps. */
export function figuresOf(sums: Pick<StatSum, 'measure' | 'bucket' | 'n'>[]): OverviewFigures {
  const counts = { fired: 0, SUCCESS: 0, WARNING: 0, ERROR: 0 };
  const times = { run: new Map<number, number>(), wait: new Map<number, number>() };
  for (const { measure, bucket, n } of sums) {
    if (measure === 'run' || measure === 'wait') times[measure].set(bucket, (times[measure].get(bucket) ?? 0) + n);
    else counts[measure] += n;
  }
  return {
    fired: counts.fired,
    success: counts.SUCCESS,
    warning: counts.WARNING,
    error: counts.ERROR,
    runP50: quantile(times.run, 0.5),
    runP95: quantile(times.run, 0.95),
    waitP50: quantile(times.wait, 0.5),
    waitP95: quantile(times.wait, 0.95),
  };
}
