import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { ArchiveShare } from '@nexomatic/contracts/log-search-api';
import type { LogCondition, LogRow } from '@nexomatic/db/log-conditions';
import type { LogPlace } from '@nexomatic/db/log-walks';
import type { ArchivedLogs } from '../../../archive/archived-logs.ts';
import { isBehind, newestFirst } from '../record-order.ts';
import { openArchiveWalk, type WalkDeps } from './archive-walk.ts';

/** How long archived logs are opened for one answer, beside what the database is searched for. */
const maxMs = 500;

export interface ArchiveSearchDeps extends WalkDeps {
  archivedLogs: Pick<ArchivedLogs, 'block' | 'letters'>;
  clock: Clock;
}

export interface ArchiveAsked {
  tenantId: Id<'tenant'>;
  conditions: LogCondition[];
  from: Date | null;
  before: LogPlace | null;
  want: number;
}

export interface ArchivedRows {
  /** Newest first. */
  rows: LogRow[];
  /** Everything from then on was looked at; null: all of the range. */
  pausedAt: Date | null;
  share: Pick<ArchiveShare, 'opened' | 'unavailable'>;
}

/** The newest archived lines of a range that meet the conditions. Each answer comes further than the one before. */
export async function searchArchive(
  deps: ArchiveSearchDeps,
  { tenantId, conditions, from, before, want }: ArchiveAsked,
): Promise<ArchivedRows> {
  const { clock } = deps;
  const span = { from: from?.getTime() ?? Number.NEGATIVE_INFINITY, to: latestBehind(before) };
  const walk = await openArchiveWalk(deps, {
    tenantId,
    ...span,
    conditions: conditions.flatMap(({ part }) => part ?? []),
  });
  if (walk.floor() === Number.NEGATIVE_INFINITY) return { rows: [], pausedAt: null, share: walk.share() };
  const fold = await deps.archivedLogs.letters();
  const deadline = clock.monotonic() + maxMs;
  let found: LogRow[] = [];
  /** What is found of these will not be pushed away by what comes. */
  const settled = (): LogRow[] => found.filter(({ at }) => at.getTime() > walk.floor());
  for (;;) {
    const rows = await walk.next();
    if (!rows) return { rows: found, pausedAt: null, share: walk.share() };
    found.push(...rows.filter((row) => isAsked(row)));
    found = found.sort(newestFirst).slice(0, want);
    if (settled().length === want) return { rows: found, pausedAt: null, share: walk.share() };
    const floor = walk.floor();
    if (clock.monotonic() > deadline && floor < span.to && Number.isFinite(floor))
      return { rows: settled(), pausedAt: new Date(floor + 1), share: walk.share() };
  }

  function isAsked(row: LogRow): boolean {
    if (row.at.getTime() < span.from || (before && !isBehind(row, before))) return false;
    return conditions.every((condition) => condition.holds(row, fold));
  }
}

/** The latest time that a line behind a place can have. */
const latestBehind = (before: LogPlace | null): number =>
  before ? before.at.getTime() - (before.key ? 0 : 1) : Number.POSITIVE_INFINITY;
