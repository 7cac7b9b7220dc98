import type { Occurrence } from '@nexomatic/contracts/schedule-occurrence';
import type { ReactNode } from 'react';
import { DataTable } from '../../components/table/data-table.tsx';
import type { TableColumn } from '../../components/table/table-column.ts';
import { Duration } from '../../time/duration.tsx';
import { formatDay, formatDuration, formatTime, instantMs } from '../../time/format-time.ts';
import { useZone } from '../../time/now.ts';
import { RunResult } from '../run-result.tsx';
import { originWords, skipWords } from '../schedule-words.ts';

const columns: readonly TableColumn<Occurrence>[] = [
  { id: 'due', header: 'Planned', cell: (run) => <Planned run={run} /> },
  { id: 'result', header: 'Result', cell: (run) => <RunResult run={run} /> },
  { id: 'why', header: 'Why', cell: (run) => <Why run={run} />, fill: true },
  {
    id: 'fired',
    header: 'Fired',
    cell: ({ status, dueAt, decidedAt }) => (status === 'fired' ? late(dueAt, decidedAt) : '–'),
    align: 'end',
  },
  {
    id: 'started',
    header: 'Started',
    cell: ({ dueAt, event }) => (event?.startedAt ? late(dueAt, event.startedAt) : '–'),
    align: 'end',
  },
  {
    id: 'took',
    header: 'Took',
    cell: ({ event }) => (event?.startedAt ? <Duration from={event.startedAt} to={event.finishedAt} /> : '–'),
    align: 'end',
    from: 'sm',
  },
];

/** "+0.2 s" after the planned time. */
const late = (planned: string, actual: string): string =>
  `+${formatDuration(Math.max(0, instantMs(actual) - instantMs(planned)))}`;

function Planned({ run: { dueAt, throughAt } }: { run: Occurrence }) {
  const zone = useZone();
  const text = (at: string): string => `${formatDay(instantMs(at), zone)}, ${formatTime(instantMs(at), zone)}`;
  return (
    <time dateTime={dueAt} title={zone} className="tabular-nums">
      {text(dueAt)}
      {throughAt === null ? '' : ` to ${text(throughAt)}`}
    </time>
  );
}

function Why({ run: { reason, origin, decidedBy, status } }: { run: Occurrence }) {
  if (reason) return skipWords[reason].sentence;
  if (status === 'held') return 'Missed while no hub was there; it waits to be released or discarded.';
  const by = originWords[origin];
  if (by === null) return '';
  return decidedBy === null ? by : `${by}, by ${decidedBy}`;
}

/** What became of each run of a schedule: planned and actual times, and why one was skipped. */
export function RunTable({ runs, empty }: { runs: readonly Occurrence[]; empty: ReactNode }) {
  return (
    <DataTable
      name="schedule-runs"
      caption="Runs of the schedule, the latest first. Fired and Started tell how much later than planned."
      columns={columns}
      rows={runs}
      rowId={({ dueAt }) => dueAt}
      rowName={({ dueAt }) => `the run of ${dueAt}`}
      empty={empty}
    />
  );
}
