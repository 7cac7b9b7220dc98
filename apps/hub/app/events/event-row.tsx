import type { EventSummary } from '@nexomatic/contracts/event-api';
import { Link } from '@remix-run/react';
import { memo } from 'react';
import { CornerDownRight } from '../components/icons.ts';
import { shortId } from '../components/id-text.tsx';
import { StatePill } from '../components/state-pill.tsx';
import { Duration } from '../time/duration.tsx';
import { TimeText } from '../time/time-text.tsx';

/** One event in the list. Its type is the link; the whole row is where it can be pressed. */
export const EventRow = memo(function EventRow(props: {
  event: EventSummary;
  gone: boolean;
  isNew: boolean;
  discover: boolean;
}) {
  const { event, gone, isNew, discover } = props;
  return (
    <tr className="row" data-gone={gone || undefined} data-new={isNew || undefined}>
      <td className="cell-state">
        <StatePill state={event.state} reason={event.reason} />
      </td>
      <td className="cell-type">
        <Link to={event.id} className="row-link" discover={discover ? 'render' : 'none'}>
          {event.type}
        </Link>
        {gone ? <span className="text-faint text-xs">no longer matches</span> : <Message event={event} />}
      </td>
      <td className="cell-id">{shortId(event.id)}</td>
      <td className="cell-source">
        <Origin event={event} />
      </td>
      <td className="cell-sink">{event.sink ?? <None word="no sink" />}</td>
      <td className="cell-created">
        <TimeText at={event.createdAt} focusable={false} />
      </td>
      <td className="cell-time">
        <Spent event={event} />
      </td>
    </tr>
  );
});

/** The last line of an error or warning, so that a list of failures can be read without opening them. */
function Message({ event }: { event: EventSummary }) {
  if (event.message === null || event.state === 'SUCCESS') return null;
  return (
    <span className="row-message" title={event.message}>
      {event.message}
    </span>
  );
}

function Origin({ event }: { event: EventSummary }) {
  if (event.source !== null) return event.source;
  if (event.edge === null) return <None word="no source" />;
  return (
    <span className="text-muted">
      <CornerDownRight size={12} className="mr-1 inline align-[-1px]" aria-hidden="true" />
      on {event.edge}
    </span>
  );
}

function Spent({ event }: { event: EventSummary }) {
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

const None = ({ word }: { word: string }) => (
  <span className="text-faint">
    <span aria-hidden="true">–</span>
    <span className="sr-only">{word}</span>
  </span>
);
