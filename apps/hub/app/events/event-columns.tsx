import type { EventSummary } from '@nexomatic/contracts/event-api';
import type { ReactNode } from 'react';
import { CornerDownRight, RotateCcw } from '../components/icons.ts';
import { shortId } from '../components/id-text.tsx';
import type { ColumnChoice } from '../components/table/column-choice.ts';
import type { TableColumn } from '../components/table/table-column.ts';
import { Duration } from '../time/duration.tsx';
import { TimeText } from '../time/time-text.tsx';
import type { Cell } from './cell-entries.ts';

/** Columns that can be switched on and off; state and type always stand first. */
const eventColumns: readonly TableColumn<EventSummary>[] = [
  { id: 'id', header: 'Event', cell: (event) => <Press cell="id">{shortId(event.id)}</Press> },
  { id: 'source', header: 'Source', cell: (event) => <Press cell="source">{originOf(event)}</Press> },
  { id: 'sink', header: 'Sink', cell: (event) => <Press cell="sink">{event.sink ?? <None word="no sink" />}</Press> },
  { id: 'attempt', header: 'Attempt', cell: (event) => event.attempt || <None word="none yet" />, optional: true },
  {
    id: 'created',
    header: 'Created',
    cell: (event) => (
      <Press cell="created">
        <TimeText at={event.createdAt} focusable={false} />
      </Press>
    ),
  },
  { id: 'started', header: 'Started', cell: (event) => timeOf(event.startedAt, 'not yet'), optional: true },
  { id: 'finished', header: 'Finished', cell: (event) => timeOf(event.finishedAt, 'not yet'), optional: true },
  { id: 'time', header: 'Time', cell: spentOf },
];

/** The same columns, of which those are shown that a saved view names. */
export const columnsOf = (shown: readonly string[]): readonly TableColumn<EventSummary>[] =>
  shown.length === 0
    ? eventColumns
    : eventColumns.map((column) => ({ ...column, optional: !shown.includes(column.id) }));

/** Ids of the columns that are shown after somebody's choice, for keeping them with a view. */
export const shownColumns = (view: readonly string[], choice: ColumnChoice): string[] =>
  columnsOf(view).flatMap(({ id, optional }) => ((choice[id] ?? !optional) ? [id] : []));

/**
 * A value that opens the menu of its cell. The keyboard has the row's own menu instead: a list of fifty rows must not be three
 * hundred tab stops long.
 */
export function Press({ cell, children }: { cell: Cell; children: ReactNode }) {
  return (
    <button type="button" className="cell-press" tabIndex={-1} data-cell={cell} aria-haspopup="menu">
      {children}
    </button>
  );
}

function originOf(event: EventSummary): ReactNode {
  if (event.rerunOf !== null) return <Follows icon={RotateCcw}>re-run</Follows>;
  if (event.source !== null) return event.source;
  if (event.edge === null) return <None word="no source" />;
  return <Follows icon={CornerDownRight}>on {event.edge}</Follows>;
}

const Follows = ({ icon: Icon, children }: { icon: typeof RotateCcw; children: ReactNode }) => (
  <span className="text-muted">
    <Icon size={12} className="mr-1 inline align-[-1px]" aria-hidden="true" />
    {children}
  </span>
);

function spentOf(event: EventSummary): ReactNode {
  if (event.state === 'QUEUED') {
    return (
      <span className="text-faint">
        waiting <Duration from={event.createdAt} to={null} />
      </span>
    );
  }
  if (event.startedAt === null) return <None word="never started" />;
  return <Duration from={event.startedAt} to={event.finishedAt} />;
}

const timeOf = (at: string | null, word: string): ReactNode =>
  at === null ? <None word={word} /> : <TimeText at={at} focusable={false} />;

const None = ({ word }: { word: string }) => (
  <span className="text-faint">
    <span aria-hidden="true">–</span>
    <span className="sr-only">{word}</span>
  </span>
);
