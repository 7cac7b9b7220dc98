import type { EventSummary } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { type MouseEvent, memo } from 'react';
import { Ellipsis } from '../components/icons.ts';
import { StatePill } from '../components/state-pill.tsx';
import type { TableColumn } from '../components/table/table-column.ts';
import { Press } from './event-columns.tsx';

interface EventRowProps {
  event: EventSummary;
  columns: readonly TableColumn<EventSummary>[];
  gone: boolean;
  isNew: boolean;
  discover: boolean;
  selected: boolean;
  onSelect: (id: string, selected: boolean, range: boolean) => void;
}

/** One event in the list. Its type is the link; the whole row is where it can be pressed. */
export const EventRow = memo(function EventRow(props: EventRowProps) {
  const { event, columns, gone, isNew, discover, selected, onSelect } = props;
  return (
    <tr
      className="row"
      data-id={event.id}
      data-gone={gone || undefined}
      data-new={isNew || undefined}
      data-selected={selected || undefined}
    >
      <td className="cell-check">
        <input
          type="checkbox"
          aria-label={`Select ${event.type}`}
          checked={selected}
          // The click tells of Shift, which takes the whole range since the last one.
          onClick={({ shiftKey }: MouseEvent) => onSelect(event.id, !selected, shiftKey)}
          onChange={() => undefined}
        />
      </td>
      <td className="cell-state">
        <Press cell="state">
          <StatePill state={event.state} reason={event.reason} />
        </Press>
      </td>
      <td className="cell-type">
        <Link to={event.id} className="row-link" discover={discover ? 'render' : 'none'}>
          {event.type}
        </Link>
        {gone ? <span className="text-faint text-xs"> no longer matches</span> : <Message event={event} />}
      </td>
      {columns.map((column) => (
        <td key={column.id} className={`cell-${column.id}`} data-label={column.header}>
          {column.cell(event)}
        </td>
      ))}
      <td className="cell-actions">
        <button
          type="button"
          className="icon-button"
          data-cell="row"
          aria-haspopup="menu"
          aria-label={`Actions for ${event.type}`}
        >
          <Ellipsis size={16} aria-hidden="true" />
        </button>
      </td>
    </tr>
  );
});

/** The last line of an error or warning, and why an event waits: failures and queues can be read without opening them. */
function Message({ event }: { event: EventSummary }) {
  const text = event.state === 'QUEUED' ? (event.waiting?.sentence ?? event.message) : event.message;
  if (text === null || event.state === 'SUCCESS') return null;
  return (
    <span className="row-message" title={text}>
      {text}
    </span>
  );
}
