import type { EventGridPoll } from '@nexomatic/contracts/event-grid-api';
import { Link, useSearchParams } from '@remix-run/react';
import { Badge } from '../../components/badge.tsx';
import { Check, CircleDashed, RotateCcw, TriangleAlert, X } from '../../components/icons.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import type { TableColumn } from '../../components/table/table-column.ts';
import { formatDuration } from '../../time/format-time.ts';
import { TimeText } from '../../time/time-text.tsx';

const outcomes = {
  empty: { word: 'empty', tone: 'neutral', Icon: CircleDashed },
  taken: { word: 'taken', tone: 'good', Icon: Check },
  held_back: { word: 'held back', tone: 'warning', Icon: RotateCcw },
  unsettled: { word: 'not settled', tone: 'warning', Icon: TriangleAlert },
  failed: { word: 'failed', tone: 'bad', Icon: X },
} as const;

const figure = (n: number) => (n === 0 ? <span className="text-faint">0</span> : n);

const columns: readonly TableColumn<EventGridPoll>[] = [
  { id: 'at', header: 'Began', cell: ({ startedAt }) => <TimeText at={startedAt} focusable={false} /> },
  { id: 'outcome', header: 'Outcome', cell: ({ outcome }) => <Outcome outcome={outcome} /> },
  {
    id: 'detail',
    header: 'Why',
    cell: ({ detail }) => (detail ? <span title={detail}>{detail}</span> : <span className="text-faint">–</span>),
    fill: true,
  },
  { id: 'received', header: 'Received', cell: ({ received }) => figure(received), align: 'end' },
  { id: 'accepted', header: 'Taken', cell: ({ accepted }) => figure(accepted), align: 'end' },
  { id: 'duplicates', header: 'Duplicates', cell: ({ duplicates }) => figure(duplicates), align: 'end', from: 'lg' },
  { id: 'rejected', header: 'Rejected', cell: ({ rejected }) => figure(rejected), align: 'end', from: 'lg' },
  { id: 'released', header: 'Released', cell: ({ released }) => figure(released), align: 'end', from: 'lg' },
  { id: 'took', header: 'Took', cell: ({ durationMs }) => formatDuration(durationMs), align: 'end', from: 'sm' },
];

function Outcome({ outcome }: Pick<EventGridPoll, 'outcome'>) {
  const { word, tone, Icon } = outcomes[outcome];
  return (
    <Badge tone={tone} icon={<Icon size={12} aria-hidden="true" />}>
      {word}
    </Badge>
  );
}

/** So many are shown until somebody asks for all that are kept. */
const shownFirst = 6;

/** The last polls of a source, newest first. */
export function PollList({ polls }: { polls: readonly EventGridPoll[] }) {
  const all = useSearchParams()[0].get('polls') === 'all';
  return (
    <section className="stack" aria-labelledby="polls-title">
      <div className="flex items-baseline justify-between gap-3">
        <h2 id="polls-title" className="text-sm">
          Last polls
        </h2>
        {polls.length > shownFirst ? (
          <Link to={all ? '.' : '?polls=all'} className="link text-sm" preventScrollReset replace>
            {all ? 'Show fewer' : `Show all ${polls.length}`}
          </Link>
        ) : null}
      </div>
      <DataTable
        name="polls"
        caption="Last polls, newest first"
        columns={columns}
        rows={all ? polls : polls.slice(0, shownFirst)}
        rowId={({ startedAt }) => startedAt}
        rowName={({ startedAt }) => `the poll of ${startedAt}`}
        empty={
          <p className="p-4 text-muted text-sm">No poll has ended yet. One that finds nothing lasts up to a minute.</p>
        }
      />
    </section>
  );
}
