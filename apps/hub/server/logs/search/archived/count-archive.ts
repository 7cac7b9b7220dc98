import type { Id } from '@nexomatic/contracts/id';
import type { ArchiveShare } from '@nexomatic/contracts/log-search-api';
import type { LogLevel } from '@nexomatic/contracts/sink-protocol';
import { countedWhole, sumLines } from '@nexomatic/db/archived-parts';
import { type LogCondition, negated } from '@nexomatic/db/log-conditions';
import type { LogCount, LogSteps } from '@nexomatic/db/log-walks';
import { openArchiveWalk } from './archive-walk.ts';
import type { ArchiveSearchDeps } from './search-archive.ts';

export interface CountAsked {
  tenantId: Id<'tenant'>;
  conditions: LogCondition[];
  levels: readonly (LogLevel | null)[] | undefined;
  /** Something is asked that only lines tell; else most logs are counted without being opened. */
  byLine: boolean;
  steps: LogSteps;
  /** Milliseconds; `to` is not included. */
  from: number;
  to: number;
}

export interface ArchivedCounts {
  counts: LogCount[];
  /** Everything from then on was counted. */
  from: number;
  share: ArchiveShare;
}

/**
 * Counts archived lines by level and step of time, the newest first. Of a log whose lines all lie in one step the database knows how
 * many there are of each level; the others are opened. Pauses after the deadline, once it has come any further.
 */
export async function countArchive(
  deps: ArchiveSearchDeps,
  asked: CountAsked,
  deadline: number,
): Promise<ArchivedCounts> {
  const { clock, sql, archivedLogs } = deps;
  const { tenantId, conditions, levels, byLine, steps, from, to } = asked;
  const stepMs = steps.stepSeconds * 1_000;
  const base = steps.base.getTime();
  const range = { from: new Date(from), to: new Date(to) };
  const parts = conditions.flatMap(({ part }) => part ?? []);
  const opened = byLine ? parts : [...parts, negated(countedWhole(range, steps))];
  const walk = await openArchiveWalk(deps, { tenantId, from, to: to - 1, conditions: opened });
  const lines: { at: number; level: LogLevel | null }[] = [];
  const reached = walk.floor() === Number.NEGATIVE_INFINITY ? from : await countOpened();
  const counts = [...sumOf(lines.filter(({ at }) => at >= reached)), ...(byLine ? [] : await countUnopened())];
  const total = counts.reduce((sum, { n }) => sum + n, 0);
  return { counts, from: reached, share: { ...walk.share(), lines: total } };

  async function countOpened(): Promise<number> {
    const fold = await archivedLogs.letters();
    for (let rows = await walk.next(); rows; rows = await walk.next()) {
      for (const row of rows) {
        const at = row.at.getTime();
        if (at < from || at >= to || !conditions.every((one) => one.holds(row, fold))) continue;
        lines.push({ at, level: row.level });
      }
      const pause = borderFrom(walk.floor() + 1);
      if (clock.monotonic() > deadline && pause < to && pause > from) return pause;
    }
    return from;
  }

  /** A log that is counted unopened lies between two borders. */
  function borderFrom(time: number): number {
    return byLine ? time : base + Math.ceil((time - base) / stepMs) * stepMs;
  }

  async function countUnopened(): Promise<LogCount[]> {
    const part = { tenantId, from: new Date(reached), to: range.to, conditions: parts };
    return await sumLines(sql, part, steps, levels);
  }

  function sumOf(some: typeof lines): LogCount[] {
    const sums = new Map<string, LogCount>();
    for (const { at, level } of some) {
      const step = Math.floor((at - base) / stepMs);
      const key = `${step} ${level}`;
      const sum = sums.get(key) ?? { step, level, n: 0 };
      sum.n += 1;
      sums.set(key, sum);
    }
    return [...sums.values()];
  }
}
