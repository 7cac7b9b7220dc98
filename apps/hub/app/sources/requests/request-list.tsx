import type { RequestSummary } from '@nexomatic/contracts/request-api';
import { Link, useLocation, useParams } from '@remix-run/react';
import { EmptyState } from '../../components/empty-state.tsx';
import { DataTable } from '../../components/table/data-table.tsx';
import type { TableColumn } from '../../components/table/table-column.ts';
import { formatSize } from '../../json/body-view.tsx';
import { TimeText } from '../../time/time-text.tsx';
import { OutcomeBadge } from './outcome-badge.tsx';
import type { RequestQuery } from './request-query.ts';
import { causeWords } from './request-words.ts';

const narrow: TableColumn<RequestSummary>[] = [
  { id: 'at', header: 'Received', cell: ({ receivedAt }) => <TimeText at={receivedAt} focusable={false} /> },
  { id: 'outcome', header: 'Outcome', cell: ({ outcome }) => <OutcomeBadge outcome={outcome} /> },
  { id: 'status', header: 'Answered', cell: ({ status }) => <code className="text-xs">{status ?? '–'}</code> },
  { id: 'became', header: 'Cause or events', fill: true, cell: (request) => <Became request={request} /> },
];
const wide: TableColumn<RequestSummary>[] = [
  ...narrow,
  { id: 'from', header: 'From', from: 'md', cell: ({ remoteAddress }) => remoteAddress || '–' },
  { id: 'type', header: 'Content type', from: 'lg', optional: true, cell: ({ contentType }) => contentType || 'none' },
  { id: 'size', header: 'Size', align: 'end', from: 'md', cell: ({ bodyBytes }) => formatSize(bodyBytes) },
];

function Became({ request: { events, cause, detail, duplicates } }: { request: RequestSummary }) {
  const { tenant = '' } = useParams();
  return (
    <>
      {events.map(({ id, name }, index) => (
        <span key={id}>
          {index === 0 ? '' : ', '}
          <Link to={`/t/${tenant}/events/${id}`} className="link cell-press">
            {name}
          </Link>
        </span>
      ))}
      {events.length === 0 && cause ? <span title={detail ?? undefined}>{causeWords(cause)}</span> : null}
      {duplicates > 0 ? (
        <span className="ml-2 text-muted text-xs" title="The same delivery came again and fired nothing more">
          + {duplicates === 1 ? '1 repeat' : `${duplicates} repeats`}
        </span>
      ) : null}
    </>
  );
}

interface RequestListProps {
  requests: readonly RequestSummary[];
  query: RequestQuery;
  /** One is open beside the list. */
  split: boolean;
  /** Shown where none has ever come. */
  first: React.ReactNode;
}

/** The requests of a source, newest first. A row opens beside the list. */
export function RequestList({ requests, query, split, first }: RequestListProps) {
  const search = new URLSearchParams(useLocation().search);
  search.delete('listen');
  return (
    <DataTable
      name={split ? 'requests-beside' : 'requests'}
      caption="Requests, newest first"
      columns={split ? narrow : wide}
      rows={requests}
      rowId={({ id }) => id}
      rowName={({ outcome, receivedAt }) => `the ${outcome} request of ${receivedAt}`}
      rowLink={({ id }) => {
        search.set('request', id);
        return `?${search}`;
      }}
      empty={Object.keys(query).length > 0 ? <NoneFits query={query} /> : first}
    />
  );
}

const NoneFits = ({ query: { outcome, cause } }: { query: RequestQuery }) => (
  <EmptyState
    title={
      cause
        ? `No request was refused for: ${causeWords(cause)}`
        : `No request was ${outcome === 'duplicate' ? 'repeated' : outcome}`
    }
  >
    <Link to="." className="button">
      Show every request
    </Link>
  </EmptyState>
);
