import type { Clock } from '@nexomatic/clock';
import type { Id } from '@nexomatic/contracts/id';
import type { ArchiveShare, LogHistogram } from '@nexomatic/contracts/log-search-api';
import { notOfParts, partsPartlyHot } from '@nexomatic/db/archived-parts';
import type { Database } from '@nexomatic/db/database';
import { countRecords, type LogCount, type LogSteps, type LogWalks } from '@nexomatic/db/log-walks';
import type { ArchivedLogs } from '../../archive/archived-logs.ts';
import { nothingArchived } from './archive-share.ts';
import { type ArchivedCounts, countArchive } from './archived/count-archive.ts';
import { type LogFilter, type LogPlan, planLogSearch } from './plan-log-search.ts';

/** Counting for one answer pauses after this long; a single statement aims at a fifth of it. */
const maxMs = 300;
const statementMs = 60;
/** Steps of one statement, each of which may be some forty counts. */
const maxSteps = 24;

/** Lengths of a bar that people can read, in seconds. */
const niceSteps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400];

interface Deps {
  db: Database;
  clock: Clock;
  archivedLogs: ArchivedLogs;
}

interface HistogramAsked extends LogFilter {
  since: string;
  until: string;
  bars: number;
  before?: string | undefined;
}

/** How many records there are of each level, by steps of time. The newest are counted first, within bounds. */
export async function logHistogram(
  deps: Deps,
  tenantId: Id<'tenant'>,
  { bars, before, ...filter }: HistogramAsked,
): Promise<LogHistogram> {
  const { db, clock } = deps;
  const { walks, since, until, ...asked } = await planLogSearch(db.tenantEm(tenantId), filter, clock.now());
  const from = since?.getTime() ?? 0;
  const to = until?.getTime() ?? from;
  const stepSeconds = stepOf((Date.parse(filter.until) - Date.parse(filter.since)) / 1_000 / bars);
  if (!walks || to <= from) return { stepSeconds, bars: [], countedFrom: null, archive: nothingArchived };

  // Bars begin at round times, so that they stay where they are while the range moves on.
  const stepMs = stepSeconds * 1_000;
  const base = new Date(Math.floor(from / stepMs) * stepMs);
  const deadline = clock.monotonic() + maxMs;
  const counts: LogCount[] = [];
  let archive = nothingArchived;
  let end = before === undefined ? to : Math.min(to, Date.parse(before));
  let steps = 1;
  while (end > from) {
    const begun = clock.monotonic();
    // Whole bars, but for the first and the last.
    const start = Math.max(from, (Math.ceil((end - base.getTime()) / stepMs) - steps) * stepMs + base.getTime());
    const span = { tenantId, from: start, to: end, steps: { base, stepSeconds } };
    const counted = await countSpan(deps, { ...asked, ...span, walks }, deadline);
    counts.push(...counted.counts);
    archive = joined(archive, counted.share);
    end = counted.from;
    const done = clock.monotonic();
    if (done > deadline) break;
    steps = Math.min(maxSteps, Math.max(1, Math.floor(steps * Math.min(4, statementMs / Math.max(1, done - begun)))));
  }
  return {
    stepSeconds,
    bars: toBars(counts, base, stepMs),
    countedFrom: end > from ? new Date(end).toISOString() : null,
    archive,
  };
}

interface SpanAsked extends Omit<LogPlan, 'walks' | 'hint' | 'since' | 'until'> {
  walks: LogWalks;
  tenantId: Id<'tenant'>;
  from: number;
  to: number;
  steps: LogSteps;
}

/** What was archived first: it says how far back counting came. A log that is being moved is counted where it goes. */
async function countSpan(
  { db: { sql }, clock, archivedLogs }: Deps,
  { walks, level, ...asked }: SpanAsked,
  deadline: number,
): Promise<ArchivedCounts> {
  const { tenantId, steps, to } = asked;
  const old = await countArchive({ sql, clock, archivedLogs }, { ...asked, levels: level ?? undefined }, deadline);
  const range = { from: new Date(old.from), to: new Date(to) };
  const moving = old.share.unavailable ? [] : await partsPartlyHot(sql, tenantId, range);
  const left = { ...walks, rest: [...walks.rest, ...notOfParts(moving)] };
  const within = { tenantId, from: range.from, before: { at: range.to, key: null } };
  const counts = await countRecords(sql, within, left, steps);
  return { ...old, counts: [...old.counts, ...counts] };
}

const joined = (a: ArchiveShare, b: ArchiveShare): ArchiveShare => ({
  lines: a.lines + b.lines,
  opened: a.opened + b.opened,
  unavailable: a.unavailable ?? b.unavailable,
});

const stepOf = (seconds: number): number =>
  niceSteps.find((step) => step >= seconds) ?? Math.ceil(seconds / 86_400) * 86_400;

function toBars(counts: LogCount[], base: Date, stepMs: number): LogHistogram['bars'] {
  const bars = new Map<number, LogHistogram['bars'][number]['counts']>();
  for (const { step, level, n } of counts) {
    const bar = bars.get(step) ?? { none: 0, debug: 0, info: 0, warn: 0, error: 0 };
    bar[level ?? 'none'] += n;
    bars.set(step, bar);
  }
  return [...bars]
    .sort(([a], [b]) => a - b)
    .map(([step, bar]) => ({ at: new Date(base.getTime() + step * stepMs).toISOString(), counts: bar }));
}
